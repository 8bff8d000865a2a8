/**
 * A question asked once, before something that cannot be undone.
 *
 * Knows nothing of what is asked: the dialog stands in the page with its words and two buttons, the one that
 * does it with a value, the other without.
 */

/** Open `dialog` and wait: the value of the button pressed, or "" when it was left. The focus goes back. */
export function ask(dialog) {
  dialog.returnValue = "";
  for (const button of dialog.querySelectorAll("button")) button.onclick = () => dialog.close(button.value);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
