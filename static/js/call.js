/**
 * Calls the reader when it is their move, wherever they look: by the page's title, and by a sound and vibration
 * where they switched that on. Nothing else changes the title: a number that grows there would calm nobody.
 */

import { keep, kept } from "./kept.js";
import { mark } from "./parts.js";

const SOUND = "fishbowl.sound"; // what this browser remembers

/** `sound`: the switch, a button that stays pressed. Returns `tell(move, loud)`: what the reader's move is, or "". */
export function caller(sound) {
  const title = document.title;
  let said = "";
  let on = kept(SOUND) === "on";
  const show = () => mark(sound, { "aria-pressed": on, hidden: null });
  const ring = async () => (await import("./bell.js")).ring();
  sound.addEventListener("click", () => {
    on = !on;
    keep(SOUND, on ? "on" : "off");
    show();
    if (on) ring();
  });
  show();
  return (move, loud) => {
    if (move === said) return;
    said = move;
    document.title = move ? `${move} · ${title}` : title;
    if (move && loud && on) ring();
  };
}
