/**
 * A question asked once, before something that cannot be undone.
 *
 * Knows nothing of what is asked: the dialog stands in the page with its words, a form of method "dialog" and
 * its buttons; the one that does it has a value, the one that leaves it has none.
 */

const asked = new WeakMap(); // dialog -> ends the question that stands in it

/** Open `dialog` and wait: the value of the button pressed, or "" when it was left. The focus goes back. */
export function ask(dialog) {
  asked.get(dialog)?.(""); // it was left a moment ago, and the browser has not told yet
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const closed = () => dialog.open || end(dialog.returnValue); // what closed before may be told only now
    const end = (value) => {
      asked.delete(dialog);
      dialog.removeEventListener("close", closed);
      resolve(value);
    };
    asked.set(dialog, end);
    dialog.addEventListener("close", closed);
  });
}
