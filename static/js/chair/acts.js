/**
 * The chair's acts: commands given, what was refused said in a sentence, what can be taken back offered back.
 *
 * Knows no pane. Every act of the console goes through `give`, so refusals and undo look the same wherever an
 * act was made. Nothing is assumed done: the store shows it when its record comes.
 */

import { part, put } from "../parts.js";
import { word } from "../words.js";
import { taggedWith } from "./facts.js";
import { giveWay } from "./rows.js";
import { Undo, undoing } from "./undo.js";

export class Acts {
  #store;
  #stream;
  #clock;
  #undo = new Undo();
  #failed = document.getElementById("failed");
  #offer = document.getElementById("undo");
  #said = document.getElementById("said");

  constructor({ store, stream, clock }) {
    this.#store = store;
    this.#stream = stream;
    this.#clock = clock;
    clock.every(() => this.#showOffer());
    this.#failed.addEventListener("click", (event) => event.target.closest("button") && this.fail(null));
  }

  /**
   * Give a command. `said`: the sentence that names it done, shown with the way back where there is one and
   * else only spoken. Returns whether it was accepted.
   */
  async give(command, said = "") {
    const undo = undoing(command, this.#before(command));
    const act = undo && said ? this.#undo.remember(undo, said, this.#clock.now()) : null;
    const reply = await this.#stream.ask(command);
    if (!reply.ok) {
      if (act) this.#undo.forget(act);
      this.fail(reply);
      return false;
    }
    this.fail(null);
    if (act) act.done = true;
    else if (said) this.say(said);
    this.#showOffer();
    return true;
  }

  /** Take back the latest act that can be. */
  async undo() {
    const act = this.#undo.take(this.#clock.now());
    this.#showOffer();
    if (!act) return this.say(word("chair.nothing_to_undo"));
    const reply = await this.#stream.ask(act.undo);
    if (!reply.ok) return this.fail(reply);
    this.say(word("chair.undone", { said: act.said }));
  }

  /** Say a sentence to who listens, without showing it. */
  say(sentence) {
    this.#said.textContent = sentence;
  }

  /** The sentence for a refusal. */
  static sentence(reply) {
    return reply.message ?? word("offline");
  }

  #before({ contribution }) {
    const found = contribution === undefined ? null : this.#store.contribution(contribution);
    return { questions: found ? taggedWith(found) : [], focus: this.#store.focus?.question ?? null };
  }

  /** Show the sentence of a refusal, or take it away (null). A reply that never came is one too. */
  fail(reply) {
    giveWay(this.#failed, reply, document.getElementById("floor-title"));
    if (reply) put(part(this.#failed, "said"), Acts.sentence(reply));
  }

  #showOffer() {
    const latest = this.#undo.latest(this.#clock.now());
    const act = latest?.done ? latest : null; // nothing is said to be done that is not yet
    const said = part(this.#offer, "said");
    giveWay(this.#offer, act, document.getElementById("floor-title"));
    if (!act || said.textContent === act.said) return;
    put(said, act.said);
    this.say(word("chair.can_undo", { said: act.said }));
  }
}
