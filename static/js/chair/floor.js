/**
 * The floor as the chair reads it: every contribution in the order it came, one of them chosen.
 *
 * Shows what the store says; hidden texts too, marked as hidden. The chosen row holds the focus and keeps it
 * while others arrive; what arrives never moves what is being read. What is done with it is the desk's.
 */

import { fillCarried } from "../carried.js";
import { fillContribution } from "../contribution.js";
import { at, blank, mark, put, show } from "../parts.js";
import { counted, number as written, word } from "../words.js";
import { stepped } from "./facts.js";
import { giveWay } from "./rows.js";

const NOTHING = { post: false, endorse: false, withdraw: false, tag: false };
const AT_END = 48; // pixels from the end that still count as reading the newest

/** `older(before)`: a promise of contributions before a number, or of nothing; `chose()`: another one is chosen. */
export function floor({ store, older, chose }) {
  const [list, scroll, title, newest, earlier] = ["floor", "scroll", "floor-title", "newest", "earlier"].map(at);
  const rows = new Map(); // number -> its <li>
  let stop = null; // the row where the Tab key stops: the chosen one, or the newest while none is chosen
  let chosen = null;
  let unseen = 0;
  let reading = true; // the end is in sight: what arrives is read as it comes

  const stopAt = (row) => {
    if (stop) stop.firstElementChild.tabIndex = -1;
    if (row) row.firstElementChild.tabIndex = 0;
    stop = row;
  };

  /** The chosen row is a stop of the Tab key, and with it the links in it; no other's are. */
  const reach = (row, isChosen) => {
    const article = row.firstElementChild;
    if (isChosen) stopAt(row);
    mark(article, { "aria-current": isChosen || null });
    for (const link of article.querySelectorAll("a")) link.tabIndex = isChosen ? 0 : -1;
  };

  const fillRow = (row, contribution) => {
    fillContribution(row.firstElementChild, contribution, { may: NOTHING, you: store.state.you?.person });
    if (store.state.debate.rules.posting === "two_stream") fillCarried(row.firstElementChild, contribution, store);
    mark(row, { "data-reply": contribution.reply_to });
    reach(row, contribution.contribution === chosen);
  };

  const make = (contribution) => {
    const row = document.createElement("li");
    row.dataset.key = contribution.contribution;
    row.append(blank("contribution"));
    rows.set(contribution.contribution, row);
    fillRow(row, contribution);
    return row;
  };

  const focus = (number) => rows.get(number)?.firstElementChild.focus();

  const choose = (number) => {
    if (!number || number === chosen) return;
    const [was, row] = [rows.get(chosen), rows.get(number)];
    chosen = number;
    if (was) reach(was, false);
    reach(row, true);
    chose();
    row.firstElementChild.scrollIntoView({ block: "nearest" }); // the desk may have grown over it
  };

  const showNew = () => {
    giveWay(newest, unseen > 0, title);
    if (unseen) put(newest, counted("chair.new", unseen));
  };
  const seen = () => {
    unseen = 0;
    showNew();
  };
  const toEnd = () => {
    scroll.scrollTop = scroll.scrollHeight;
    seen();
  };

  /** Whether the list goes along with what arrives: the end is in sight, and no row holds the keyboard. */
  const follows = () => reading && !list.contains(document.activeElement);

  const showAll = ({ contributions }) => {
    rows.clear();
    list.replaceChildren(...contributions.map(make));
    if (!store.contribution(chosen)) chosen = null;
    toEnd();
  };

  const showChanged = (records) => {
    const changed = new Set(records.flatMap(({ contribution, replies = [] }) => [contribution, ...replies]));
    for (const number of changed) {
      const contribution = store.contribution(number);
      if (!contribution) continue;
      if (rows.has(number)) fillRow(rows.get(number), contribution);
      else {
        list.append(make(contribution));
        unseen += 1;
      }
    }
  };

  const clicked = (event) => {
    const link = event.target.closest("a[href]");
    const target = link?.getAttribute("href");
    if (target?.startsWith("?") || target?.startsWith("#")) {
      event.preventDefault(); // filters are the debate page's; a number is chosen here
      const number = Number(/^#c(\d+)$/.exec(target)?.[1]);
      if (rows.has(number)) return focus(number);
    }
    if (link && !event.defaultPrevented) return;
    if (!getSelection()?.toString()) focus(keyOf(event));
  };

  const showEarlier = async () => {
    const first = store.state.contributions[0]?.contribution;
    const before = await older(first);
    if (!before) return;
    const fresh = store.prepend(before, first);
    const height = scroll.scrollHeight;
    list.prepend(...fresh.map(make));
    scroll.scrollTop += scroll.scrollHeight - height;
    giveWay(earlier, fresh[0]?.contribution > 1, title);
  };

  const here = {
    /** The chosen contribution, or undefined. */
    get chosen() {
      return store.contribution(chosen);
    },

    /** Choose the contribution `by` places from the chosen one, and bring the keyboard there. */
    step(by) {
      const next = stepped(store.state.contributions, chosen, by);
      if (next) focus(next.contribution);
    },

    /** Choose the contribution of this number, where it is in the list. */
    choose: focus,

    /** The newest, and from now on the end of the list. */
    toNewest() {
      focus(store.state.contributions.at(-1)?.contribution);
      toEnd();
    },

    /** Take the keyboard, where it was. */
    take() {
      (rows.get(chosen)?.firstElementChild ?? title).focus({ preventScroll: true });
    },

    /** Bring the list in step; `records` null: all of it. */
    show(state, records) {
      const { contributions, online, joined } = state;
      const follow = follows();
      if (records) showChanged(records);
      else showAll(state);
      show(at("empty"), !contributions.length);
      show(earlier, contributions[0]?.contribution > 1);
      put(at("here"), word("chair.here", { online: written(online), joined: written(joined) }));
      if (chosen === null) stopAt(list.lastElementChild);
      if (follow) toEnd();
      else showNew();
    },
  };

  list.addEventListener("click", clicked);
  list.addEventListener("focusin", (event) => choose(keyOf(event)));
  scroll.addEventListener(
    "scroll",
    () => {
      reading = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < AT_END;
      if (reading) seen();
    },
    { passive: true },
  );
  new ResizeObserver(() => follows() && toEnd()).observe(scroll);
  newest.addEventListener("click", here.toNewest);
  earlier.addEventListener("click", showEarlier);
  return here;
}

/** The number of the row in which something happened. */
function keyOf({ target }) {
  return Number(target.closest("#floor > li")?.dataset.key);
}
