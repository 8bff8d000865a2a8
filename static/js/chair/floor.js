/**
 * The floor as the chair works it: every contribution in the order it came, one of them chosen, tagged, hidden,
 * highlighted, answered.
 *
 * Shows what the store says; hidden texts too, marked as hidden. The chosen row holds the focus and keeps it
 * while others arrive; what arrives never moves what is being read.
 */

import { ask } from "../ask.js";
import { fillContribution } from "../contribution.js";
import { blank, mark, part, put, show } from "../parts.js";
import { counted, word } from "../words.js";
import { retagged, stepped, taggedWith } from "./facts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

const NOTHING = { post: false, endorse: false, withdraw: false };
const AT_END = 48; // pixels from the end that still count as reading the newest

const element = (id) => document.getElementById(id);

export class Floor {
  #store;
  #acts;
  #composer;
  #older;
  #rows = new Map(); // number -> its <li>
  #chosen = null;
  #unseen = 0;

  /** `composer`: where a reply is written; `older(before)`: a promise of contributions before a number. */
  constructor({ store, acts, composer, older }) {
    this.#store = store;
    this.#acts = acts;
    this.#composer = composer;
    this.#older = older;
    element("floor").addEventListener("click", (event) => this.#clicked(event));
    element("floor").addEventListener("focusin", (event) => this.#choose(Number(rowOf(event.target)?.dataset.key)));
    element("scroll").addEventListener("scroll", () => this.#atEnd && this.#seen(), { passive: true });
    element("newest").addEventListener("click", () => this.toNewest());
    element("earlier").addEventListener("click", () => this.#showEarlier());
    element("chips").addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (chip?.dataset.question) this.tag(Number(chip.dataset.question), event.shiftKey);
      else if (chip) this.untag();
    });
    element("ask-hide").addEventListener("keydown", (event) => reasonKey(event));
  }

  /** The chosen contribution, or undefined. */
  get chosen() {
    return this.#store.contribution(this.#chosen);
  }

  /** Choose the contribution `by` places from the chosen one, and bring the keyboard there. */
  step(by) {
    const next = stepped(this.#store.state.contributions, this.#chosen, by);
    if (next) this.#focus(next.contribution);
  }

  /** The newest, and from now on the end of the list. */
  toNewest() {
    const newest = this.#store.state.contributions.at(-1);
    this.#seen();
    if (newest) this.#focus(newest.contribution);
    const scroll = element("scroll");
    scroll.scrollTop = scroll.scrollHeight;
  }

  /** Take the keyboard, where it was. */
  take() {
    const article = this.#rows.get(this.#chosen)?.firstElementChild;
    (article ?? element("floor-title")).focus({ preventScroll: true });
  }

  tag(question, add = false) {
    const contribution = this.#workable("tag");
    if (!contribution || !this.#store.question(question)) return;
    this.#retag(contribution, retagged(contribution, question, add));
  }

  untag() {
    const contribution = this.#workable("tag");
    if (contribution) this.#retag(contribution, []);
  }

  #retag(contribution, questions) {
    const number = contribution.contribution;
    const said = questions.length
      ? word("chair.tagged", { number, questions: questions.map((one) => `Q${one}`).join(", ") })
      : word("chair.untagged", { number });
    this.#acts.give({ do: "tag", contribution: number, questions }, said);
  }

  highlight() {
    const contribution = this.#workable("highlight");
    if (!contribution || contribution.status !== "posted") return;
    const [number, on] = [contribution.contribution, !contribution.highlighted];
    this.#acts.give({ do: "highlight", contribution: number, on }, word(on ? "chair.highlighted" : "chair.unhighlighted", { number }));
  }

  /** Hide the chosen one, once a reason was picked; or restore it. */
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
    await this.#acts.give({ do: "hide", contribution: number, reason, ...(note ? { note } : {}) }, word("chair.hidden", { number }));
  }

  reply() {
    const contribution = this.chosen;
    if (contribution?.status === "posted" && may("post", this.#store.state.debate.phase)) this.#composer.reply(contribution.contribution);
  }

  /** Bring the list in step; `records` null: all of it. */
  show(state, records) {
    const stays = this.#atEnd && !element("floor").contains(document.activeElement);
    if (!records) this.#showAll(state);
    else this.#showChanged(records);
    show(element("empty"), !state.contributions.length);
    show(element("earlier"), (state.contributions[0]?.contribution ?? 1) > 1);
    put(element("here"), word("chair.here", { online: state.online, joined: state.joined }));
    this.#showDesk(state);
    if (stays) this.#toEnd();
    else this.#showNew();
  }

  #showAll(state) {
    this.#rows.clear();
    element("floor").replaceChildren(...state.contributions.map((one) => this.#row(one)));
    this.#unseen = 0;
    if (!this.#store.contribution(this.#chosen)) this.#chosen = null;
    this.#toEnd();
  }

  #showChanged(records) {
    const changed = new Set(records.flatMap(({ contribution, replies }) => [contribution, ...(replies ?? [])]));
    for (const number of changed) {
      const contribution = this.#store.contribution(number);
      if (!contribution) continue;
      if (this.#rows.has(number)) this.#fill(this.#rows.get(number), contribution);
      else {
        element("floor").append(this.#row(contribution));
        this.#unseen += 1;
      }
    }
  }

  #row(contribution) {
    const row = document.createElement("li");
    row.dataset.key = contribution.contribution;
    row.append(blank("contribution"));
    this.#rows.set(contribution.contribution, row);
    this.#fill(row, contribution);
    return row;
  }

  #fill(row, contribution) {
    const article = row.firstElementChild;
    fillContribution(article, contribution, { may: NOTHING, you: this.#store.state.you?.person });
    mark(row, "data-reply", contribution.reply_to);
    this.#reach(row, contribution.contribution === this.#chosen);
  }

  /** Only the chosen row is a stop of the Tab key, and with it the links in it. */
  #reach(row, chosen) {
    const article = row.firstElementChild;
    article.tabIndex = chosen || (this.#chosen === null && row === element("floor").lastElementChild) ? 0 : -1;
    mark(article, "aria-current", chosen ? "true" : null);
    for (const link of article.querySelectorAll("a")) link.tabIndex = chosen ? 0 : -1;
  }

  #focus(number) {
    this.#rows.get(number)?.firstElementChild.focus();
  }

  #choose(number) {
    if (!number || number === this.#chosen) return;
    const was = this.#rows.get(this.#chosen);
    this.#chosen = number;
    if (was) this.#reach(was, false);
    const row = this.#rows.get(number);
    this.#reach(row, true);
    this.#showDesk(this.#store.state);
    row.firstElementChild.scrollIntoView({ block: "nearest" }); // the desk may have grown over it
  }

  #clicked(event) {
    const link = event.target.closest("a[href]");
    const target = link?.getAttribute("href");
    if (target?.startsWith("?") || target?.startsWith("#")) {
      event.preventDefault(); // filters are the debate page's; a number is chosen here
      const number = Number(/^#c(\d+)$/.exec(target)?.[1]);
      if (this.#rows.has(number)) return this.#focus(number);
    }
    if (link && !event.defaultPrevented) return;
    if (!getSelection()?.toString()) this.#focus(Number(rowOf(event.target)?.dataset.key));
  }

  #workable(act) {
    return may(act, this.#store.state.debate.phase) ? this.chosen : undefined;
  }

  #showDesk(state) {
    const contribution = this.chosen;
    const { phase } = state.debate;
    const [chips, acts] = [element("chips"), element("desk-acts")];
    giveWay(chips, contribution && may("tag", phase), element("floor-title"));
    giveWay(acts, contribution && (may("hide", phase) || may("post", phase)), element("floor-title"));
    put(element("chosen"), contribution ? word("chair.chosen", { number: this.#chosen }) : word("chair.choose"));
    if (!contribution) return;
    this.#showChips(state.questions, taggedWith(contribution));
    const [reply, highlight, hide] = acts.children;
    const posted = contribution.status === "posted";
    giveWay(reply, posted && may("post", phase), element("floor-title"));
    giveWay(highlight, posted && may("highlight", phase), element("floor-title"));
    mark(highlight, "aria-pressed", String(Boolean(contribution.highlighted)));
    giveWay(hide, contribution.status !== "withdrawn" && may("hide", phase), element("floor-title"));
    put(part(hide, "said"), word(posted ? "chair.do_hide" : "chair.do_restore"));
  }

  #showChips(questions, tagged) {
    const chips = element("chips");
    const wanted = [...questions.map((one) => one.question), null];
    if (chips.children.length !== wanted.length) {
      chips.replaceChildren(...wanted.map((question) => chip(question)));
    }
    [...chips.children].forEach((one, at) => {
      const on = wanted[at] === null ? !tagged.length : tagged.includes(wanted[at]);
      mark(one, "aria-pressed", String(on));
    });
  }

  get #atEnd() {
    const { scrollTop, clientHeight, scrollHeight } = element("scroll");
    return scrollHeight - scrollTop - clientHeight < AT_END;
  }

  #toEnd() {
    const scroll = element("scroll");
    scroll.scrollTop = scroll.scrollHeight;
    this.#seen();
  }

  #seen() {
    this.#unseen = 0;
    this.#showNew();
  }

  #showNew() {
    const button = element("newest");
    giveWay(button, this.#unseen > 0, element("floor-title"));
    if (this.#unseen) put(button, counted("chair.new", this.#unseen));
  }

  async #showEarlier() {
    const first = this.#store.state.contributions[0]?.contribution;
    const fresh = this.#store.prepend(await this.#older(first));
    const scroll = element("scroll");
    const height = scroll.scrollHeight;
    element("floor").prepend(...fresh.map((one) => this.#row(one)));
    scroll.scrollTop += scroll.scrollHeight - height;
    giveWay(element("earlier"), (fresh[0]?.contribution ?? 1) > 1, element("floor-title"));
  }
}

function rowOf(target) {
  return target.closest("#floor > li");
}

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
