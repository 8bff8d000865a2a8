/**
 * Lists that live: rows kept by their key, and the keyboard's place kept with them.
 *
 * Knows nothing of what a row shows. Whoever holds the focus in a list still holds it after the list changed:
 * on the same control where it is still there, else on the row now in its place, else on the list's heading.
 */

import { keep } from "../parts.js";

/** As `keep`, with the focus kept too. `home`: where it goes when nothing of the list is left to hold it. */
export function keepRows(list, things, { home, ...how }) {
  const held = list.contains(document.activeElement) ? document.activeElement : null;
  const place = held ? [...list.children].findIndex((row) => row.contains(held)) : -1;
  keep(list, things, how);
  if (held && !usable(held)) settle(list, held, place, home);
  else if (held && document.activeElement !== held) held.focus({ preventScroll: true }); // its row was moved
}

function settle(list, held, place, home) {
  const own = [...list.children].find((row) => row.contains(held));
  const row = own ?? list.children[Math.min(place, list.children.length - 1)];
  (row && firstIn(row) ? firstIn(row) : home)?.focus({ preventScroll: true });
}

function firstIn(row) {
  if (row.tabIndex >= 0) return row;
  return [...row.querySelectorAll("button, a[href], [tabindex]")].find(usable) ?? null;
}

function usable(element) {
  return element.isConnected && !element.disabled && !element.closest("[hidden]");
}

/** Hide a control, and let the focus it may hold go to `next` instead of nowhere. */
export function giveWay(control, shown, next) {
  const held = control.contains(document.activeElement);
  if (control.hidden !== !shown) control.hidden = !shown;
  if (held && !shown) next.focus({ preventScroll: true });
}

/** The row of `list` that is kept by `key`, or undefined. */
export function rowOf(list, key) {
  return [...list.children].find((row) => row.dataset.key === String(key));
}
