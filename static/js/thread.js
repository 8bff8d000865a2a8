/**
 * A thread of the floor: a root's replies in the order of their paths; the deep and the many folded behind one button
 * that counts them.
 *
 * Knows its <li> and no store. What was shown is never folded: nobody loses what they read.
 */

import { act, blank, part, put, show } from "./parts.js";
import { byPath } from "./showing.js";
import { counted } from "./words.js";

const DEEP = 3; // levels below the root
const MANY = 5; // replies

/** Put `element` among the replies of `thread`, where `path` has its place; one of the reader's `own` is never folded. */
export function answer(thread, element, path, own) {
  const replies = thread.querySelector(".replies");
  const item = element.closest(".reply") ?? blank("reply");
  if (!item.contains(element)) item.append(element);
  if (item.parentElement === replies) return;
  const depth = path.split(".").length - 1;
  item.dataset.path = path;
  item.dataset.depth = Math.min(depth, DEEP);
  const many = replies.querySelectorAll(":scope > :not([data-folded])").length >= MANY;
  item.toggleAttribute("data-folded", !own && !("open" in thread.dataset) && (many || depth > DEEP));
  let before = replies.lastElementChild;
  while (before && !(before.dataset.path && byPath(before.dataset.path, path) < 0)) before = before.previousElementSibling;
  if (before) before.after(item);
  else replies.prepend(item);
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

function count(thread) {
  const n = thread.querySelectorAll(".reply[data-folded]").length;
  const more = act(thread, "unfold");
  show(more, n);
  put(part(more, "more"), counted("replies.more", n));
}
