/**
 * The keyboard's place on the debate page: where what had the focus is gone, the focus goes to what stands nearest.
 *
 * Knows no reason why something goes: a hand was raised, a seat taken, a text withdrawn, an offer ran out. Never
 * takes the focus from anything that still has it, nor gives it to who put it down themselves.
 */

/** Within what -> where the focus goes, to the first of these that is shown; what is further in comes first. */
const HOMES = [
  [".side", "#moves button, #my-hand button"],
  [".floor", "#stream"],
  ["body", "#main"],
];

/** Begin; what is returned is called after every change of the page, and now and then. */
export function keepFocus() {
  let held = null;
  let homes = [];
  document.addEventListener("focusin", ({ target }) => {
    const around = HOMES.filter(([within]) => target.closest(within));
    held = target;
    homes = [target.closest("article"), ...around.flatMap(([, home]) => [...document.querySelectorAll(home)])];
  });
  document.addEventListener("focusout", () => held?.checkVisibility() && (held = null));
  const settle = () => {
    if (held && !held.checkVisibility()) homes.find((home) => home?.checkVisibility())?.focus({ preventScroll: true });
  };
  return () => queueMicrotask(settle); // once whoever else draws this change has drawn it
}
