/**
 * The chair's acts: commands given, what was refused said in a sentence, what can be taken back offered back.
 *
 * Knows no pane. Every act of the console goes through `give`, so refusals and undo look the same wherever an
 * act was made. Nothing is assumed done: the store shows it when its record comes.
 */

import { at, fill } from "../parts.js";
import { word } from "../words.js";
import { moving, placeOf, taggedWith } from "./facts.js";
import { giveWay } from "./rows.js";
import { Undo, undoing } from "./undo.js";

/** The sentence for a refusal. */
export function sentence(reply) {
  return reply.message ?? word("offline");
}

export function acts({ store, stream, clock }) {
  const undo = new Undo();
  const [failed, offer, said, home] = ["failed", "undo", "said", "floor-title"].map(at);
  let offered = ""; // what is offered to be taken back

  const before = ({ do: kind, contribution, question }) => {
    const found = store.contribution(contribution);
    const questions = found ? taggedWith(found) : [];
    const replies = found && kind === "tag" ? moving(store.state, contribution) : [];
    const apart = replies
      .map((one) => ({ contribution: one.contribution, questions: taggedWith(one) }))
      .filter((one) => String(one.questions) !== String(questions));
    const [focus, place] = [store.focus?.question ?? null, placeOf(store.state, question)];
    return { questions, apart, reply_to: found?.reply_to ?? null, focus, place };
  };

  const showOffer = () => {
    const latest = undo.latest(clock.now());
    const act = latest?.done ? latest : null; // nothing is said to be done that is not yet
    giveWay(offer, act, home);
    if (act && offered !== act.said) {
      fill(offer, { said: act.said });
      here.say(word("chair.can_undo", { said: act.said }));
    }
    offered = act?.said ?? "";
  };

  const here = {
    /**
     * Give a command. `done`: the sentence that names it done, shown with the way back where there is one and
     * else only spoken. Returns whether it was accepted.
     */
    async give(command, done = "") {
      const back = undoing(command, before(command));
      const act = back && done ? undo.remember(back, done, clock.now()) : null;
      const reply = await stream.ask(command);
      here.fail(reply.ok ? null : reply);
      if (act && reply.ok) act.done = true;
      else if (act) undo.forget(act);
      else if (reply.ok && done) here.say(done);
      showOffer();
      return reply.ok;
    },

    /** Take back the latest act that can be. */
    async undo() {
      const act = undo.take(clock.now());
      showOffer();
      if (!act) return here.say(word("chair.nothing_to_undo"));
      const replies = await Promise.all([act.undo].flat().map((command) => stream.ask(command)));
      const refused = replies.find(({ ok }) => !ok);
      if (refused) return here.fail(refused);
      here.say(word("chair.undone", { said: act.said }));
    },

    /** Say a sentence to who listens, without showing it. */
    say(sentence) {
      said.textContent = sentence;
    },

    /** Show the sentence of a refusal, or take it away (null). A reply that never came is one too. */
    fail(reply) {
      giveWay(failed, reply, home);
      if (reply) fill(failed, { said: sentence(reply) });
    },
  };

  clock.every(showOffer);
  failed.addEventListener("click", ({ target }) => target.closest("button") && here.fail(null));
  return here;
}
