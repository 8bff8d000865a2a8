/**
 * The list of keys: what each does, which the chair gave another key or none, and whether they are on at all.
 *
 * Knows no act. What was chosen is kept in this browser, and stands beside every button it is the key of.
 */

import { keep as remember, kept } from "../kept.js";
import { fill, part, put, show } from "../parts.js";
import { word } from "../words.js";
import { chosen, KEYS, keysWith } from "./keys.js";

const ON = "fishbowl.console.keys"; // what this browser remembers: "off", or nothing
const OWN = "fishbowl.console.own_keys"; // act -> the key chosen for it, "" for none

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");
const fields = new Map([...dialog.querySelectorAll("[data-act-key]")].map((field) => [field.dataset.actKey, field]));

let own = chosenBefore();

/** Act -> its key, "" for none. */
export let keys = keysWith(own);

/** Whether single keys do anything. */
export function keysOn() {
  return on.checked;
}

/** Open the list. */
export function showKeys() {
  say("");
  dialog.showModal();
}

/** Begin: show what this browser remembers, and let it be changed. */
export function listKeys() {
  on.checked = kept(ON) !== "off";
  on.addEventListener("change", () => remember(ON, on.checked ? null : "off"));
  dialog.addEventListener("input", ({ target, data }) => target.dataset.actKey && choose(target, data ?? target.value));
  dialog.addEventListener("focusin", ({ target }) => target.matches("[data-act-key]:not([type])") && target.select());
  dialog.addEventListener("change", draw);
  part(dialog, "as-they-were").addEventListener("click", () => keep({}));
  draw();
}

/** `typed` is what was put into the field, "" where it was emptied; or its box was ticked. */
function choose(field, typed) {
  const { actKey: act } = field.dataset;
  if (field.type === "checkbox") return keep({ ...own, [act]: field.checked ? KEYS[act] : "" });
  const { key, taken } = chosen(keys, act, typed);
  if (taken) {
    const meaning = part(fields.get(taken).closest("label"), "said").textContent;
    say(word("chair.key_taken", { key: typed.toUpperCase(), act: meaning }));
    draw();
  } else keep({ ...own, [act]: key });
  field.select();
}

function keep(wanted) {
  own = Object.fromEntries(Object.entries(wanted).filter(([act, key]) => key !== KEYS[act]));
  keys = keysWith(own);
  remember(OWN, Object.keys(own).length ? JSON.stringify(own) : null);
  say("");
  draw();
}

function draw() {
  document.body.toggleAttribute("data-keys", on.checked);
  for (const [act, field] of fields) {
    if (field.type === "checkbox") field.checked = keys[act];
    else field.value = keys[act].toUpperCase();
  }
  for (const cap of document.querySelectorAll("kbd[data-of]")) {
    const key = keys[cap.dataset.of];
    show(cap, key);
    put(cap, key.toUpperCase());
  }
}

function say(sentence) {
  fill(dialog, { wrong: sentence || null });
}

function chosenBefore() {
  try {
    return Object(JSON.parse(kept(OWN)));
  } catch {
    return {}; // something else under our name
  }
}
