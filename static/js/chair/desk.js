/**
 * The desk: what the chair does with the chosen contribution. Tagging, answering, highlighting, hiding.
 *
 * Knows nothing of the list; it is told which one is chosen. Offers nothing that the phase would refuse.
 */

import { ask } from "../ask.js";
import { mark, part, put } from "../parts.js";
import { word } from "../words.js";
import { retagged, taggedWith } from "./facts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

const element = (id) => document.getElementById(id);

export class Desk {
  #store;
  #acts;
  #composer;
  #chosen;

  /** `composer`: where a reply is written; `chosen()`: the chosen contribution, or undefined. */
  constructor({ store, acts, composer, chosen }) {
    this.#store = store;
    this.#acts = acts;
    this.#composer = composer;
    this.#chosen = chosen;
    element("chips").addEventListener("click", ({ target, shiftKey }) => {
      const chip = target.closest("button");
      if (chip?.dataset.question) this.tag(Number(chip.dataset.question), shiftKey);
      else if (chip) this.untag();
    });
    element("ask-hide").addEventListener("keydown", (event) => reasonKey(event));
  }

  /** Put it under `question` alone; with `add`, beside the others or away from them. */
  tag(question, add = false) {
    const contribution = this.#workable("tag");
    if (!contribution || !this.#store.question(question)) return;
    this.#retag(contribution, retagged(contribution, question, add));
  }

  untag() {
    const contribution = this.#workable("tag");
    if (contribution) this.#retag(contribution, []);
  }

  #retag({ contribution: number }, questions) {
    const named = questions.map((question) => `Q${question}`).join(", ");
    const said = named ? word("chair.tagged", { number, questions: named }) : word("chair.untagged", { number });
    this.#acts.give({ do: "tag", contribution: number, questions }, said);
  }

  highlight() {
    const contribution = this.#workable("highlight");
    if (contribution?.status !== "posted") return;
    const [number, on] = [contribution.contribution, !contribution.highlighted];
    const said = word(on ? "chair.highlighted" : "chair.unhighlighted", { number });
    this.#acts.give({ do: "highlight", contribution: number, on }, said);
  }

  /** Hide it, once a reason was picked; or restore it. */
  async hide() {
    const contribution = this.#workable("hide");
    if (!contribution || contribution.status === "withdrawn") return;
    const number = contribution.contribution;
    if (contribution.status === "hidden") {
      await this.#acts.give({ do: "restore", contribution: number }, word("chair.restored", { number }));
      return;
    }
    const dialog = element("ask-hide");
    put(part(dialog, "title"), word("chair.hide", { number, name: contribution.author.name ?? word("somebody") }));
    element("hide-note").value = "";
    const reason = await ask(dialog);
    if (!reason) return;
    const note = element("hide-note").value.trim();
    const command = { do: "hide", contribution: number, reason, ...(note ? { note } : {}) };
    await this.#acts.give(command, word("chair.hidden", { number }));
  }

  reply() {
    const contribution = this.#workable("post");
    if (contribution?.status === "posted") this.#composer.reply(contribution.contribution);
  }

  #workable(act) {
    return may(act, this.#store.state.debate.phase) ? this.#chosen() : undefined;
  }

  show({ debate: { phase }, questions }) {
    const contribution = this.#chosen();
    const [chips, acts] = [element("chips"), element("desk-acts")];
    const home = element("floor-title");
    giveWay(chips, contribution && may("tag", phase), home);
    giveWay(acts, contribution && (may("hide", phase) || may("post", phase)), home);
    const number = contribution?.contribution;
    put(element("chosen"), contribution ? word("chair.chosen", { number }) : word("chair.choose"));
    if (!contribution) return;
    this.#showChips(questions, taggedWith(contribution));
    const [reply, highlight, hide] = acts.children;
    const posted = contribution.status === "posted";
    giveWay(reply, posted && may("post", phase), home);
    giveWay(highlight, posted && may("highlight", phase), home);
    mark(highlight, "aria-pressed", String(Boolean(contribution.highlighted)));
    giveWay(hide, contribution.status !== "withdrawn" && may("hide", phase), home);
    put(part(hide, "said"), word(posted ? "chair.do_hide" : "chair.do_restore"));
  }

  #showChips(questions, tagged) {
    const chips = element("chips");
    const wanted = [...questions.map((one) => one.question), null];
    if (chips.children.length !== wanted.length) chips.replaceChildren(...wanted.map(chip));
    [...chips.children].forEach((one, at) => {
      const on = wanted[at] === null ? !tagged.length : tagged.includes(wanted[at]);
      mark(one, "aria-pressed", String(on));
    });
  }
}

/** A question's number to press; null: none. */
function chip(question) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  if (question) button.dataset.question = question;
  button.textContent = question ? `Q${question}` : word("chair.no_question");
  return button;
}

/** In the dialog a digit is its reason, unless the note is being written; there Enter picks none by accident. */
function reasonKey(event) {
  if (event.target.matches("input")) {
    if (event.key === "Enter") event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const button = element("ask-hide").querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
}
