/**
 * The sheet of links: copying, printing, and a question asked before a link ends.
 *
 * The sheet works without it, as plain forms. Keeps no secret anywhere: what is copied is what stands in the
 * page.
 */

import { word } from "./words.js";
import { ask } from "./ask.js";
import { day } from "./when.js";

for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy) copy(button);
  else if ("print" in button.dataset) window.print();
  else if (button.dataset.ask && !button.form.dataset.sure) {
    event.preventDefault();
    if (await ask(document.getElementById(button.dataset.ask))) {
      button.form.dataset.sure = "yes";
      button.form.requestSubmit(button);
    }
  }
});

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const said = (await toClipboard(field)) ? word("links.copied") : word("links.select");
  button.textContent = said;
  document.getElementById("said").textContent = said;
  setTimeout(() => (button.textContent = word("links.copy")), 2500);
}

/** Where the browser keeps the clipboard to itself (plain http), the address is selected for the reader's own keys. */
async function toClipboard(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select(); // which takes the focus there, too
    return false;
  }
}

for (const time of document.querySelectorAll("time[data-when]")) time.textContent = day(time.dateTime);
if (document.querySelector(".once")) sessionStorage.removeItem("fishbowl.setup"); // what was typed is a debate now
