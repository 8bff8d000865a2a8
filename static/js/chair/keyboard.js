/**
 * The console's keyboard: listens, and calls what a key stands for.
 *
 * Knows which key does what from keys.js and keylist.js. Never acts while somebody types or a dialog is open.
 */

import { keys, keysOn, listKeys } from "./keylist.js";
import { actOf } from "./keys.js";

/** Listen. `does`: act -> function, called with `{question?, add?}`; `leave`: out of a field. */
export function listen(does) {
  listKeys();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const where = {
      typing: event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select"),
      inList: Boolean(event.target.closest("#floor")),
      on: keysOn(),
      keys,
    };
    if (where.typing && event.key === "Escape") return does.leave();
    const found = actOf(event, where);
    if (!found || !does[found.act]) return;
    event.preventDefault();
    does[found.act](found);
  });
}
