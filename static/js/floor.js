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
import { blank, fill, insert, mark } from "./parts.js";
import { answer, count } from "./thread.js";

const ARRIVED = new Set(["contribution.posted", "contribution.held"]);
const HUSHED = new Set(["contribution.hidden", "contribution.withdrawn", "contribution.erased"]);
const KEPT = 200; // contributions left when the oldest of twice as many are let go

/**
 * `list`: the <ol> of threads. `changed()`: told after the list changed. `reading()`: who decides when arrivals are put
 * in, and where one looks.
 */
export function floor({ store, list, changed, reading }) {
  const elements = new Map(); // contribution number -> its article
  const threads = new Map(); // root's number -> its <li>
  let meant = null; // tells of a contribution whether it is shown; null: all are
  let shownRights = ""; // what the reader may do with contributions, as they show it

  const me = () => store.state.you?.person;
  const numbered = (one) => ({ contribution: one });

  const put = (element, contribution) => {
    const { state } = store;
    fillContribution(element, contribution, { may: allowed(state), you: me(), frozen: state.debate.frozen });
  };

  const renew = (numbers, hushed) => {
    for (const number of numbers) {
      const element = elements.get(number);
      if (!element) continue;
      if (hushed) element.style.minBlockSize = `${element.offsetHeight}px`; // what stands below it stays
      put(element, store.contribution(number));
      if (meant) sift(element.closest(".thread"));
    }
    changed();
  };

  const insertBySeq = (item, seq) => {
    item.dataset.seq = seq; // what is still being sent has none, and stays behind
    insert(list, item, ({ dataset }) => Number(dataset.seq ?? Infinity) <= seq);
  };

  /** The thread of a root; made where it is not there, also for replies to a root older than what we hold. */
  const threadOf = (root, seq) => {
    if (threads.has(root)) return threads.get(root);
    const thread = blank("thread");
    threads.set(root, thread);
    thread.dataset.root = root;
    insertBySeq(thread, store.contribution(root)?.seq ?? seq);
    return thread;
  };

  const hangUp = (contribution) => {
    const { contribution: number, root, path, seq, author } = contribution;
    const element = elements.get(number) ?? blank("contribution");
    elements.set(number, element);
    put(element, contribution);
    const thread = threadOf(root, seq);
    if (number !== root) answer(thread, element, path, author.person === me());
    else if (element.parentElement !== thread) thread.prepend(element);
    if (meant) sift(thread);
    return element;
  };

  const tell = (said, seq) => {
    if (list.querySelector(`:scope > .stage[data-seq="${seq}"]`)) return null;
    const line = blank("direction");
    fill(line, { said });
    line.hidden = Boolean(meant);
    insertBySeq(line, seq);
    return line;
  };

  /** Hide what is not meant; the root of a reply that is stays, as what it answers. */
  const sift = (item) => {
    let any = item.matches(meant ? ".unsent" : ".unsent, .stage");
    for (const element of item.querySelectorAll("[data-contribution]")) {
      const contribution = store.contribution(Number(element.dataset.contribution));
      const shown = !meant || Boolean(contribution && meant(contribution));
      any ||= shown;
      const reply = element.closest(".reply");
      if (reply) reply.hidden = !shown;
      else mark(element, { "data-context": !shown });
    }
    item.hidden = !any;
  };

  /** Take items of the list out of it, except what is being sent. */
  const letGo = (items) => {
    for (const item of items) {
      if (item.matches(".unsent, :has(.unsent)")) continue;
      for (const { dataset } of item.querySelectorAll("[data-contribution]")) {
        elements.delete(Number(dataset.contribution));
      }
      threads.delete(Number(item.dataset.root));
      item.remove();
    }
  };

  /** Let go of the oldest, here and in the store: they are loaded again when asked for. */
  const letGoOfOldest = () => {
    for (const item of [...list.children]) if (elements.size > KEPT) letGo([item]);
    store.forget(here.first);
  };

  /** What hangs elsewhere now, with all that is below it, is taken out and put in where it stands. */
  const move = (moved) => {
    const there = moved.filter(({ contribution }) => elements.has(contribution));
    const items = there.map(({ contribution: number }) => elements.get(number).closest(".reply") ?? threads.get(number));
    const left = new Set(items.map((item) => item.closest(".thread")));
    letGo(items);
    left.forEach(count);
    here.place(there.map(numbered));
  };

  const rebuild = ({ contributions }) => {
    const held = new Set(contributions.map((one) => one.contribution));
    for (const [number, element] of elements) {
      if (held.has(number)) continue;
      (element.closest(".reply") ?? element.closest(".thread")).remove();
      elements.delete(number);
      threads.delete(number);
    }
    reading().wait([]);
    contributions.forEach(hangUp);
    changed();
  };

  /** One's own goes in at once, wherever one is reading: it takes the place of what was being sent. */
  const arrived = (contribution) => {
    here.own(contribution);
    const [element] = here.place([numbered(contribution)]);
    reading().show(element);
  };

  const draw = ({ state, records }) => {
    const { post, endorse, report, withdraw, tag } = allowed(state);
    const rights = [post, endorse, report, withdraw, tag, state.debate.frozen, me()].join();
    if (records && rights !== shownRights) renew(elements.keys());
    shownRights = rights;
    if (!records) return rebuild(state);
    const arrivals = [];
    for (const record of records) {
      const { type, contribution: number, seq, replies = [] } = record;
      const contribution = store.contribution(number);
      const posted = ARRIVED.has(type);
      if (posted && contribution.author.person === me()) arrived(contribution);
      else if (posted) arrivals.push({ contribution, seq });
      else if (record.was) move(store.under(record.path));
      else if (number) renew([number, ...replies], HUSHED.has(type));
      const said = direction(record);
      if (said) arrivals.push({ said, seq });
    }
    reading().arrive(arrivals);
  };

  const here = {
    /** Told when one of the reader's own arrives. */
    own() {},

    /** Show only the contributions of which `only` says so; null: all. */
    filter(only) {
      meant = only;
      for (const item of list.children) sift(item);
      changed();
    },

    /** The article of a contribution, or undefined while it is not in the list. */
    element: (number) => elements.get(number),

    /** The number of the oldest contribution in the list. */
    get first() {
      return Math.min(...elements.keys());
    },

    /** How many of `things` that wait the reader would see. */
    counts: (things) => things.filter(({ contribution: one }) => one && (!meant || meant(one))).length,

    move,

    /** Put contributions and directions into the list. Returns the elements of those that were not there. */
    place(things) {
      const placed = things.map(({ contribution, said, seq }) =>
        contribution ? hangUp(contribution) : tell(said, seq),
      );
      if (elements.size > 2 * KEPT && !reading().away) letGoOfOldest();
      changed();
      return placed.filter(Boolean);
    },

    /** Show these contributions alone. */
    showOnly(contributions) {
      letGo([...list.children]);
      here.place(contributions.map(numbered));
    },

    /** Show the newest, and hold no others. */
    toNewest() {
      const { contributions } = store.state;
      if (contributions.length) store.forget(contributions.slice(-KEPT)[0].contribution);
      here.showOnly(contributions);
    },

    /** Hang something that has no number yet where it will stand: under what it answers, or at the end. */
    hang(element, replyTo) {
      const item = blank("reply");
      item.classList.add("unsent");
      item.append(element);
      const thread = threads.get(store.contribution(replyTo)?.root);
      (thread?.querySelector(".replies") ?? list).append(item);
      reading().show(element);
    },
  };

  for (const thread of list.querySelectorAll(":scope > [data-root]")) threads.set(Number(thread.dataset.root), thread);
  for (const element of list.querySelectorAll("[data-contribution]")) {
    elements.set(Number(element.dataset.contribution), element);
  }
  for (const button of list.querySelectorAll("[form]")) button.removeAttribute("form"); // as in the blank
  store.watch(draw);
  return here;
}
