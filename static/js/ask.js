/**
 * A question asked once, before something that cannot be undone.
 *
 * Knows nothing of what is asked: the dialog stands in the page with its words, a form of method "dialog" and
 * its buttons; the one that does it has a value, the one that leaves it has none.
 */

/** Open `dialog` and wait: the value of the button pressed, or "" when it was left. The focus goes back. */
export function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
