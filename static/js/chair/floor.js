/**
 * The floor as the chair reads it: every contribution in the order it came, one of them chosen.
 *
 * Shows what the store says; hidden texts too, marked as hidden. The chosen row holds the focus and keeps it
 * while others arrive; what arrives never moves what is being read. What is done with it is the desk's.
 */

import { fillContribution } from "../contribution.js";
import { blank, mark, put, show } from "../parts.js";
import { counted, number, word } from "../words.js";
import { stepped } from "./facts.js";
import { giveWay } from "./rows.js";

const NOTHING = { post: false, endorse: false, withdraw: false };
const AT_END = 48; // pixels from the end that still count as reading the newest

const element = (id) => document.getElementById(id);

export class Floor {
  #store;
  #older;
  #chose;
  #rows = new Map(); // number -> its <li>
  #stop = null; // the row where the Tab key stops: the chosen one, or the newest while none is chosen
  #chosen = null;
  #unseen = 0;
  #reading = true; // the end is in sight: what arrives is read as it comes

  /** `older(before)`: a promise of contributions before a number, or of nothing; `chose()`: another one is chosen. */
  constructor({ store, older, chose }) {
    this.#store = store;
    this.#older = older;
    this.#chose = chose;
    element("floor").addEventListener("click", (event) => this.#clicked(event));
    element("floor").addEventListener("focusin", (event) => this.#choose(Number(rowOf(event.target)?.dataset.key)));
    element("scroll").addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#follows() && this.#toEnd()).observe(element("scroll"));
    element("newest").addEventListener("click", () => this.toNewest());
    element("earlier").addEventListener("click", () => this.#showEarlier());
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

  /** Bring the list in step; `records` null: all of it. */
  show(state, records) {
    const follows = this.#follows();
    if (!records) this.#showAll(state);
    else this.#showChanged(records);
    show(element("empty"), !state.contributions.length);
    show(element("earlier"), (state.contributions[0]?.contribution ?? 1) > 1);
    put(element("here"), word("chair.here", { online: number(state.online), joined: number(state.joined) }));
    if (this.#chosen === null) this.#stopAt(element("floor").lastElementChild);
    if (follows) this.#toEnd();
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

  /** The chosen row is a stop of the Tab key, and with it the links in it; no other's are. */
  #reach(row, chosen) {
    const article = row.firstElementChild;
    if (chosen) this.#stopAt(row);
    mark(article, "aria-current", chosen ? "true" : null);
    for (const link of article.querySelectorAll("a")) link.tabIndex = chosen ? 0 : -1;
  }

  #stopAt(row) {
    if (this.#stop) this.#stop.firstElementChild.tabIndex = -1;
    if (row) row.firstElementChild.tabIndex = 0;
    this.#stop = row;
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
    this.#chose();
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

  get #atEnd() {
    const { scrollTop, clientHeight, scrollHeight } = element("scroll");
    return scrollHeight - scrollTop - clientHeight < AT_END;
  }

  #scrolled() {
    this.#reading = this.#atEnd;
    if (this.#reading) this.#seen();
  }

  /** Whether the list goes along with what arrives: the end is in sight, and no row holds the keyboard. */
  #follows() {
    return this.#reading && !element("floor").contains(document.activeElement);
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
    const older = await this.#older(first);
    if (!older) return;
    const fresh = this.#store.prepend(older);
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
