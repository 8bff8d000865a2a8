/**
 * The console's keyboard: listens, and calls what a key stands for; lists the keys; can be switched off.
 *
 * Knows which key does what from keys.js. Never acts while somebody types or a dialog is open.
 */

import { word } from "../words.js";
import { actOf, KEYS } from "./keys.js";

const ON = "fishbowl.console.keys"; // what this browser remembers: "off", or nothing

const element = (id) => document.getElementById(id);

const NAMES = {
  down: "chair.key.down",
  up: "chair.key.up",
  tag: "chair.key.tag",
  untag: "chair.key.untag",
  hide: "chair.key.hide",
  highlight: "chair.key.highlight",
  reply: "chair.key.reply",
  compose: "chair.key.compose",
  next: "chair.key.next",
  back: "chair.key.back",
  seat_first: "chair.key.seat_first",
  open_seat: "chair.key.open_seat",
  invite: "chair.key.invite",
  freeze: "chair.key.freeze",
  announce: "chair.key.announce",
  undo: "chair.key.undo",
  newest: "chair.key.newest",
  keys: "chair.key.keys",
};

/** Listen. `does`: act -> function, called with `{question?, add?}`; `leave`: out of a field. */
export function listen(does) {
  const on = element("keys-on");
  on.checked = remembered() !== "off";
  const showOn = () => document.body.toggleAttribute("data-keys", on.checked);
  on.addEventListener("change", () => {
    remember(on.checked);
    showOn();
  });
  showOn();
  list();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const where = {
      typing: event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select"),
      inList: Boolean(event.target.closest("#floor")),
      on: on.checked,
    };
    if (where.typing && event.key === "Escape") return does.leave();
    const found = actOf(event, where);
    if (!found || !does[found.act]) return;
    event.preventDefault();
    does[found.act](found);
  });
}

/** Open the list of keys. */
export function showKeys() {
  element("keys").showModal();
}

function list() {
  const rows = [...KEYS, ["add", word("chair.shift")]].map(([act, key]) => {
    const row = document.createElement("div");
    const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
    const cap = document.createElement("kbd");
    cap.textContent = key.toUpperCase();
    term.append(cap);
    meaning.textContent = word(NAMES[act] ?? "chair.key.add");
    row.append(term, meaning);
    return row;
  });
  element("key-list").replaceChildren(...rows);
}

function remembered() {
  try {
    return localStorage.getItem(ON);
  } catch {
    return null; // storage may be forbidden; the keys are on then
  }
}

function remember(on) {
  try {
    if (on) localStorage.removeItem(ON);
    else localStorage.setItem(ON, "off");
  } catch {
    // it holds until the page is left, then
  }
}
