/**
 * The floor: contributions in threads, stage directions between them, in the order in which they came.
 *
 * A reply hangs under the root it answers, in the order of its path; roots and directions stand by seq, newest
 * at the end. What arrives goes through `reading`, which decides whether it may be put in now; what changes
 * (hidden, tagged, endorsed) is shown at once. Keyed by contribution number: nothing is ever there twice.
 */

import { allowed } from "./allowed.js";
import { fillContribution } from "./contribution.js";
import { direction } from "./direction.js";
import { blank, mark, part, put } from "./parts.js";
import { matches, showing } from "./showing.js";
import { answer, unfold } from "./thread.js";

const CHANGED = new Set([
  "contribution.hidden", "contribution.withdrawn", "contribution.restored", "contribution.tagged",
  "contribution.highlighted", "contribution.endorsed",
]);
const HUSHED = new Set(["contribution.hidden", "contribution.withdrawn"]);
const KEPT = 200; // contributions left when the oldest of twice as many are let go

export class Floor {
  #store;
  #list;
  #reading = null;
  #show = showing("");
  #rights = ""; // what the reader may do with contributions, as they show it
  #elements = new Map(); // contribution number -> its article
  #threads = new Map(); // root's number -> its <li>
  #own;
  #changed;
  #fill;

  /**
   * `list`: the <ol> of threads. `own(contribution)`: told when one of the reader's own arrives. `changed()`:
   * told after the list changed. `fill(element, contribution, {may, you})`: how a contribution is shown, where
   * that is not as on the debate page.
   */
  constructor({ store, list, own = () => {}, changed = () => {}, fill = fillContribution }) {
    this.#store = store;
    this.#list = list;
    this.#own = own;
    this.#changed = changed;
    this.#fill = fill;
    for (const thread of list.querySelectorAll(":scope > [data-root]")) {
      this.#threads.set(Number(thread.dataset.root), thread);
    }
    for (const element of list.querySelectorAll("[data-contribution]")) {
      this.#elements.set(Number(element.dataset.contribution), element);
    }
    for (const button of list.querySelectorAll("[form]")) button.removeAttribute("form"); // as in the blank
    list.addEventListener("click", ({ target }) => {
      const thread = target.closest('[data-act="unfold"]')?.closest(".thread");
      if (!thread) return;
      const first = unfold(thread);
      this.#reading.show(first);
      first.focus({ preventScroll: true });
    });
    store.watch((change) => this.#take(change));
  }

  /** Who decides when arrivals are put in, and where one looks. */
  set reading(reading) {
    this.#reading = reading;
  }

  /** Show only what `name` means (showing.js). */
  filter(name) {
    this.#show = showing(name);
    mark(this.#list, "data-show", this.#show.name || null);
    for (const thread of this.#list.children) this.#sift(thread);
    this.#changed();
  }

  get show() {
    return this.#show;
  }

  /** The article of a contribution, or undefined while it is not in the list. */
  element(number) {
    return this.#elements.get(number);
  }

  /** The number of the oldest contribution in the list. */
  get first() {
    return Math.min(...this.#elements.keys());
  }

  /** Show all of the thread `element` stands in, where it is folded away; else there is nothing to do. */
  reveal(element) {
    return element.closest("[data-folded]") ? unfold(element.closest(".thread")) : null;
  }

  /** How many of `things` that wait the reader would see. */
  counts(things) {
    return things.filter((thing) => thing.contribution && this.#meant(thing.contribution)).length;
  }

  /** Put contributions and directions into the list. Returns the elements of those that were not there. */
  place(things) {
    const placed = things.map(({ contribution, said, seq }) =>
      contribution ? this.#hang(contribution) : this.#tell(said, seq),
    );
    if (this.#elements.size > 2 * KEPT && !this.#reading.away) this.#letGo();
    this.#changed();
    return placed.filter(Boolean);
  }

  /** Show these contributions alone. */
  showOnly(contributions) {
    this.#let([...this.#list.children]);
    this.place(contributions.map((contribution) => ({ contribution })));
  }

  /** Show the newest, and hold no others. */
  toNewest() {
    const { contributions } = this.#store.state;
    if (contributions.length) this.#store.forget(contributions.slice(-KEPT)[0].contribution);
    this.showOnly(contributions);
  }

  /** Hang something that has no number yet where it will stand: under what it answers, or at the end. */
  hang(element, replyTo) {
    const item = blank("reply");
    item.classList.add("unsent");
    item.append(element);
    const root = replyTo === undefined ? null : this.#store.contribution(replyTo)?.root;
    const thread = root === null || root === undefined ? null : this.#thread(root);
    if (thread) thread.querySelector(".replies").append(item);
    else this.#list.append(item);
    this.#reading.show(element);
  }

  /** Show directions of before the page was opened. */
  recall(records) {
    const told = records.map((record) => ({ said: direction(record), seq: record.seq })).filter(({ said }) => said);
    for (const { said, seq } of told) this.#tell(said, seq);
  }

  #take({ state, records }) {
    if (records === null) return this.#rebuild(state);
    const arrived = [];
    for (const record of records) {
      if (record.type === "contribution.posted") arrived.push(...this.#arrived(record));
      else if (CHANGED.has(record.type)) {
        this.#renew([record.contribution, ...(record.replies ?? [])], HUSHED.has(record.type));
      }
      const said = direction(record);
      if (said) arrived.push({ said, seq: record.seq });
    }
    if (this.#rights !== rights(state)) this.#renew(this.#elements.keys());
    this.#rights = rights(state);
    this.#reading.arrive(arrived);
  }

  /** One's own goes in at once, wherever one is reading: it takes the place of what was being sent. */
  #arrived(record) {
    const contribution = this.#store.contribution(record.contribution);
    if (contribution.author.person !== this.#store.state.you?.person) return [{ contribution, seq: record.seq }];
    this.#own(contribution);
    this.place([{ contribution }]);
    this.#reading.show(this.#elements.get(contribution.contribution));
    return [];
  }

  #rebuild(state) {
    const here = new Set(state.contributions.map((one) => one.contribution));
    for (const [number, element] of this.#elements) {
      if (here.has(number)) continue;
      (element.closest(".reply") ?? element.closest(".thread")).remove();
      this.#elements.delete(number);
      this.#threads.delete(number);
    }
    this.#rights = rights(state);
    this.#reading.wait([]);
    for (const contribution of state.contributions) this.#hang(contribution);
    this.#changed();
  }

  /** Let go of the oldest, here and in the store: they are loaded again when asked for. */
  #letGo() {
    const all = [...this.#list.children];
    for (const item of all) {
      if (this.#elements.size <= KEPT) break;
      this.#let([item]);
    }
    this.#store.forget(this.first);
  }

  /** Take items of the list out of it, except what is being sent. */
  #let(items) {
    for (const item of items) {
      if (item.matches(".unsent, :has(.unsent)")) continue;
      for (const { dataset } of item.querySelectorAll("[data-contribution]")) {
        this.#elements.delete(Number(dataset.contribution));
      }
      this.#threads.delete(Number(item.dataset.root));
      item.remove();
    }
  }

  #renew(numbers, hushed = false) {
    for (const number of numbers) {
      const element = this.#elements.get(number);
      if (!element) continue;
      if (hushed) element.style.minBlockSize = `${element.offsetHeight}px`; // what stands below it stays
      this.#put(element, this.#store.contribution(number));
      if (this.#show.name) this.#sift(element.closest(".thread"));
    }
    this.#changed();
  }

  #put(element, contribution) {
    const { state } = this.#store;
    this.#fill(element, contribution, { may: allowed(state), you: state.you?.person, frozen: state.debate.frozen });
  }

  #hang(contribution) {
    const { contribution: number, root, path } = contribution;
    const element = this.#elements.get(number) ?? blank("contribution");
    this.#elements.set(number, element);
    this.#put(element, contribution);
    const thread = this.#thread(root, contribution.seq, number === root && element);
    if (number !== root) answer(thread, element, path, contribution.author.person === this.#store.state.you?.person);
    else if (element.parentElement !== thread) thread.prepend(element);
    if (this.#show.name) this.#sift(thread);
    return element;
  }

  /** The thread of a root; made where it is not there, also for replies to a root older than what we hold. */
  #thread(root, seq, first) {
    const found = this.#threads.get(root);
    if (found) return found;
    const thread = blank("thread");
    this.#threads.set(root, thread);
    thread.dataset.root = root;
    if (first) thread.prepend(first);
    return this.#insert(thread, this.#store.contribution(root)?.seq ?? seq);
  }

  #tell(said, seq) {
    if (this.#list.querySelector(`:scope > .stage[data-seq="${seq}"]`)) return null;
    const line = blank("direction");
    put(part(line, "said"), said);
    this.#insert(line, seq);
    line.hidden = Boolean(this.#show.name);
    return line;
  }

  /** By seq; almost always at the end, before what is still being sent. */
  #insert(item, seq) {
    item.dataset.seq = seq;
    let before = this.#list.lastElementChild;
    while (before && Number(before.dataset.seq ?? Infinity) > seq) before = before.previousElementSibling;
    if (before) before.after(item);
    else this.#list.prepend(item);
    return item;
  }

  #meant(contribution) {
    const { you, debate } = this.#store.state;
    return matches(this.#show, contribution, { you: you?.person, hashtags: debate.hashtags });
  }

  /** Hide what is not meant; the root of a reply that is stays, as what it answers. */
  #sift(item) {
    if (!item) return;
    const everything = this.#show.kind === "everything";
    if (!item.classList.contains("thread")) {
      item.hidden = !everything && !item.classList.contains("unsent");
      return;
    }
    let any = false;
    for (const element of item.querySelectorAll(".contribution[data-contribution]")) {
      const contribution = this.#store.contribution(Number(element.dataset.contribution));
      const meant = everything || (contribution && this.#meant(contribution));
      any ||= meant;
      const reply = element.closest(".reply");
      if (reply) reply.hidden = !meant;
      else mark(element, "data-context", !meant);
    }
    item.hidden = !any;
  }
}

function rights(state) {
  const { post, endorse, withdraw } = allowed(state);
  return [post, endorse, withdraw, state.debate.frozen, state.you?.person].join();
}
