/**
 * Calls the reader when it is their move, wherever they look: by the page's title, and by a sound and vibration
 * where they switched that on. Nothing else changes the title: a number that grows there would calm nobody.
 */

import { allowed } from "./allowed.js";
import { keep, kept } from "./kept.js";
import { mark } from "./parts.js";
import { word } from "./words.js";

const SOUND = "fishbowl.sound"; // what this browser remembers

/** `sound`: the switch, a button that stays pressed. */
export function callWith(sound, store) {
  const title = document.title;
  let said = "";
  let on = kept(SOUND) === "on";
  const show = () => mark(sound, "aria-pressed", String(on));
  sound.addEventListener("click", () => {
    on = !on;
    keep(SOUND, on ? "on" : "off");
    show();
    if (on) ring();
  });
  show();
  sound.hidden = false;
  store.watch(({ state, records }) => {
    const move = moveOf(state);
    if (move === said) return;
    said = move;
    document.title = move ? `${move} · ${title}` : title;
    if (move && records && on) ring();
  });
}

/** What it is the reader's turn to do, or nothing. */
function moveOf(state) {
  const { you, circle_full: full } = state;
  if (you?.offered !== undefined) return word("call.offer", { seat: you.offered });
  const asked = full && !full.left_to_chair && full.seats.includes(you?.seat) && allowed(state).leave;
  return asked ? word("room.title") : "";
}

async function ring() {
  (await import("./bell.js")).ring();
}
