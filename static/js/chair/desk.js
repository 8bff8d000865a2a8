/**
 * The desk: what the chair does with the chosen contribution. Tagging, answering, highlighting, hiding.
 *
 * Knows nothing of the list; it is told which one is chosen. Offers nothing that the phase would refuse.
 */

import { ask } from "../ask.js";
import { at, fill, mark, put } from "../parts.js";
import { word } from "../words.js";
import { retagged, taggedWith } from "./facts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

/** `writing`: the composer, where a reply is written; `chosen()`: the chosen contribution, or undefined. */
export function desk({ store, acts, writing, chosen }) {
  const [chips, buttons, dialog, note] = ["chips", "desk-acts", "ask-hide", "hide-note"].map(at);
  const home = at("floor-title");

  const workable = (act) => (may(act, store.state.debate.phase) ? chosen() : undefined);

  const retag = ({ contribution: number }, tags) => {
    const questions = tags.map((question) => `Q${question}`).join(", ");
    const said = questions ? word("chair.tagged", { number, questions }) : word("chair.untagged", { number });
    acts.give({ do: "tag", contribution: number, questions: tags }, said);
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

    highlight() {
      const { contribution: number, status, highlighted } = workable("highlight") ?? {};
      if (status !== "posted") return;
      const said = word(highlighted ? "chair.unhighlighted" : "chair.highlighted", { number });
      acts.give({ do: "highlight", contribution: number, on: !highlighted }, said);
    },

    /** Hide it, once a reason was picked; or restore it. */
    async hide() {
      const { contribution: number, status, author } = workable("hide") ?? { status: "withdrawn" };
      if (status === "withdrawn") return;
      if (status === "hidden") {
        await acts.give({ do: "restore", contribution: number }, word("chair.restored", { number }));
        return;
      }
      fill(dialog, { title: word("chair.hide", { number, name: author.name ?? word("somebody") }) });
      note.value = "";
      const reason = await ask(dialog);
      if (!reason) return;
      const noted = note.value.trim() && { note: note.value.trim() };
      await acts.give({ do: "hide", contribution: number, reason, ...noted }, word("chair.hidden", { number }));
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
      put(at("chosen"), contribution ? word("chair.chosen", { number }) : word("chair.choose"));
      if (!contribution) return;
      showChips(chips, questions, taggedWith(contribution));
      const [reply, highlight, hide] = buttons.children;
      const posted = status === "posted";
      giveWay(reply, posted && may("post", phase), home);
      giveWay(highlight, posted && may("highlight", phase), home);
      giveWay(hide, status !== "withdrawn" && may("hide", phase), home);
      mark(highlight, { "aria-pressed": Boolean(highlighted) });
      fill(hide, { said: word(posted ? "chair.do_hide" : "chair.do_restore") });
    },
  };

  chips.addEventListener("click", ({ target, shiftKey }) => {
    const chip = target.closest("button");
    if (chip?.dataset.question) here.tag(Number(chip.dataset.question), shiftKey);
    else if (chip) here.untag();
  });
  dialog.addEventListener("keydown", reasonKey);
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
