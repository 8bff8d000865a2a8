/**
 * A thread of the floor: a root's replies in the order of their paths; the deep and the many folded behind one button
 * that counts them.
 *
 * Knows its <li> and no store. What was shown is never folded: nobody loses what they read.
 */

import { blank, fill, insert } from "./parts.js";
import { counted } from "./words.js";

const DEEP = 3; // levels below the root
const MANY = 5; // replies

/** Where a path like 12.1.3 stands among others: below 0 before, above 0 after. */
export const byPath = new Intl.Collator("en", { numeric: true }).compare;

/** Put `element` among the replies of `thread`, where `path` has its place; one of the reader's `own` is never folded. */
export function answer(thread, element, path, own) {
  if (element.closest(".reply")) return; // it stands there
  const replies = thread.querySelector(".replies");
  const item = blank("reply");
  item.append(element);
  const depth = path.split(".").length - 1;
  item.dataset.path = path;
  item.dataset.depth = Math.min(depth, DEEP);
  const many = replies.querySelectorAll(":scope > :not([data-folded])").length >= MANY;
  item.toggleAttribute("data-folded", !own && !("open" in thread.dataset) && (many || depth > DEEP));
  insert(replies, item, ({ dataset }) => dataset.path && byPath(dataset.path, path) < 0);
  count(thread);
}

/** Show all of `thread`, and whatever will come. Returns the first contribution that was folded. */
export function unfold(thread) {
  const folded = thread.querySelectorAll(".reply[data-folded]");
  thread.dataset.open = "";
  for (const item of folded) item.removeAttribute("data-folded");
  count(thread);
  return folded[0]?.querySelector(".contribution");
}

/** Tell how many are folded. */
export function count(thread) {
  const n = thread.querySelectorAll(".reply[data-folded]").length;
  fill(thread, { more: counted("replies.more", n), unfold: n > 0 });
}
