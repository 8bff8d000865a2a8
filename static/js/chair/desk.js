/**
 * The desk: what the chair does with the chosen contribution. Tagging, answering, highlighting, hiding.
 *
 * Knows nothing of the list; it is told which one is chosen. Offers nothing that the phase would refuse.
 */

import { ask } from "../ask.js";
import { reasonName } from "../contribution.js";
import { at, fill, mark, put } from "../parts.js";
import { reasons } from "../reasons.js";
import { counted, word } from "../words.js";
import { carries, historyOf, isModerated, moving, retagged, taggedWith } from "./facts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

/** `writing`: the composer, where a reply is written; `chosen()`: the chosen contribution, or undefined. */
export function desk({ store, acts, writing, chosen }) {
  const [chips, buttons] = ["chips", "desk-acts"].map(at);
  const home = at("floor-title");

  const workable = (act) => (may(act, store.state.debate.phase) ? chosen() : undefined);

  const retag = ({ contribution: number }, tags) => {
    const questions = tags.map((question) => `Q${question}`).join(", ");
    const { length } = moving(store.state, number);
    const said = questions ? word("chair.tagged", { number, questions }) : word("chair.untagged", { number });
    const along = length ? ` ${counted("chair.moved_along", length)}` : "";
    acts.give({ do: "tag", contribution: number, questions: tags }, said + along);
  };

  /** Do it once a reason was picked, with the note that was written beside it. */
  const withReason = async (act, { contribution: number, author }, done) => {
    const [dialog, note] = [at(`ask-${act}`), at(`${act}-note`)];
    fill(dialog, { title: word(`chair.${act}`, { number, name: author.name ?? word("somebody") }) });
    note.value = "";
    const reason = await ask(dialog);
    if (!reason) return;
    const noted = note.value.trim() && { note: note.value.trim() };
    await acts.give({ do: act, contribution: number, reason, ...noted }, word(done, { number }));
  };

  const reportsOf = (number) => (store.state.reports ?? []).filter(({ contribution }) => contribution === number);

  let guess = {}; // what the service said of the guess that was looked at last

  /** Why a likeness was found, once the service has said. */
  const because = ({ contribution: number, tags }) => {
    const guessed = tags.find(({ source }) => source === "similar");
    if (!guessed) return "";
    const of = `${number} ${guessed.question}`;
    if (guess.of !== of) {
      guess = { of, says: "" };
      reasons(number).then(
        ({ tags: told }) => {
          if (guess.of !== of) return;
          guess.says = told.map(({ says }) => says).join(" ");
          here.show(store.state);
        },
        () => {}, // it is shown without
      );
    }
    return guess.says;
  };

  /** Its number, why it waits or is where it is, what became of its author's others, and what was reported of it. */
  const about = (contribution) => {
    const { contribution: number, author, status, why = [] } = contribution;
    const found = why.map((kind) => word(`chair.why.${kind}`)).join(", ");
    const history = status === "held" ? word("chair.history", historyOf(store.state, author.person)) : "";
    const first = status === "held" ? word("chair.held", { number, why: found }) : word("chair.chosen", { number });
    const reports = reportsOf(number).map(({ reason, note }) =>
      word("chair.reported", { reason: [reason && reasonName(reason), note].filter(Boolean).join(": ") }),
    );
    return [first, history, because(contribution), ...reports].filter(Boolean).join(" ");
  };

  const here = {
    /** Put it under `question` alone; with `add`, beside the others or away from them. */
    tag(question, add = false) {
      const contribution = workable("tag");
      if (contribution && store.question(question)) retag(contribution, retagged(contribution, question, add));
    },

    untag() {
      const contribution = workable("tag");
      if (contribution) retag(contribution, []);
    },

    /** What was taken to answer somebody answers nobody. */
    unthread() {
      const { contribution: number, inferred, reply_to: to } = workable("tag") ?? {};
      if (inferred) acts.give({ do: "thread", contribution: number, reply_to: null }, word("chair.unthreaded", { number, to }));
    },

    highlight() {
      const { contribution: number, status, highlighted } = workable("highlight") ?? {};
      if (status !== "posted") return;
      const said = word(highlighted ? "chair.unhighlighted" : "chair.highlighted", { number });
      acts.give({ do: "highlight", contribution: number, on: !highlighted }, said);
    },

    /** From beside the floor onto it. */
    async carryIn() {
      const contribution = workable("carry_in");
      const { contribution: number, author } = contribution ?? {};
      if (!carries(store.state, contribution)) return;
      await acts.give({ do: "carry_in", contribution: number }, word("chair.carried_in", { number, name: author.name ?? word("somebody") }));
    },

    /** Hide it, once a reason was picked; or restore it. */
    async hide() {
      const contribution = workable("hide");
      const { contribution: number, status } = contribution ?? {};
      if (status === "posted") await withReason("hide", contribution, "chair.hidden");
      if (status !== "hidden") return;
      await acts.give({ do: "restore", contribution: number }, word("chair.restored", { number }));
    },

    /** Show to everybody what was held; or refused, on second thoughts. */
    async release() {
      const { contribution: number, status } = workable("release") ?? {};
      if (!["held", "refused"].includes(status)) return;
      await acts.give({ do: "release", contribution: number }, word("chair.released", { number }));
    },

    /** Do not show what was held, once a reason was picked. */
    async refuse() {
      const contribution = workable("release");
      if (contribution?.status === "held") await withReason("refuse", contribution, "chair.refused");
    },

    /** Its reports have been looked at. */
    async resolve() {
      const number = chosen()?.contribution;
      for (const { report } of reportsOf(number)) {
        await acts.give({ do: "resolve_report", report }, word("chair.resolved", { number }));
      }
    },

    reply() {
      const { contribution: number, status } = workable("post") ?? {};
      if (status === "posted") writing.reply(number);
    },

    show({ debate: { phase }, questions }) {
      const contribution = chosen();
      giveWay(chips, contribution && may("tag", phase), home);
      giveWay(buttons, contribution && (may("hide", phase) || may("post", phase)), home);
      const { contribution: number, status, highlighted } = contribution ?? {};
      put(at("chosen"), contribution ? about(contribution) : word("chair.choose"));
      if (!contribution) return;
      showChips(chips, questions, taggedWith(contribution));
      const [reply, highlight, carry, hide, release, refuse, resolve, person, unthread] = buttons.children;
      const posted = status === "posted";
      giveWay(reply, posted && may("post", phase), home);
      giveWay(highlight, posted && may("highlight", phase), home);
      giveWay(carry, carries(store.state, contribution) && may("carry_in", phase), home);
      giveWay(hide, ["posted", "hidden"].includes(status) && may("hide", phase), home);
      giveWay(release, ["held", "refused"].includes(status) && may("release", phase), home);
      giveWay(refuse, status === "held" && may("release", phase), home);
      giveWay(resolve, reportsOf(number).length > 0, home);
      giveWay(person, isModerated(contribution.author) && may("block", phase), home);
      giveWay(unthread, contribution.inferred && may("tag", phase), home);
      mark(highlight, { "aria-pressed": Boolean(highlighted) });
      fill(hide, { said: word(posted ? "chair.do_hide" : "chair.do_restore") });
    },
  };

  chips.addEventListener("click", ({ target, shiftKey }) => {
    const chip = target.closest("button");
    if (chip?.dataset.question) here.tag(Number(chip.dataset.question), shiftKey);
    else if (chip) here.untag();
  });
  for (const id of ["ask-hide", "ask-refuse"]) at(id).addEventListener("keydown", reasonKey);
  return here;
}

/** A button for each question's number, and one for none. */
function showChips(chips, questions, tagged) {
  const wanted = [...questions.map(({ question }) => question), null];
  if (chips.children.length !== wanted.length) chips.replaceChildren(...wanted.map(chip));
  [...chips.children].forEach((one, place) => {
    const question = wanted[place];
    mark(one, { "aria-pressed": question === null ? !tagged.length : tagged.includes(question) });
  });
}

function chip(question) {
  const button = document.createElement("button");
  mark(button, { type: "button", class: "chip", "data-question": question });
  button.textContent = question ? `Q${question}` : word("chair.no_question");
  return button;
}

/** In the dialog a digit is its reason, unless the note is being written; there Enter picks none by accident. */
function reasonKey(event) {
  const { target, key, currentTarget } = event;
  if (target.matches("input")) {
    if (key === "Enter") event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const button = currentTarget.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}
