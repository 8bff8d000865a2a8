/**
 * Which moves a debate's phase allows, and what may be done in it, for the chair's console.
 *
 * Knows nothing of the page; words are the page's. RULES, "Phases" is the table; the server decides, this only
 * keeps the console from offering what would be refused.
 */

/** The order in which a debate passes through its phases; `paused` stands aside of it. */
export const ORDER = ["draft", "announced", "lobby", "live", "wrap_up", "correction", "archived"];

const MOVES = {
  draft: ["announced", "lobby", "live"],
  announced: ["draft", "lobby", "live"],
  lobby: ["announced", "live"],
  live: ["lobby", "paused", "wrap_up"],
  paused: ["live", "wrap_up"],
  wrap_up: ["live", "correction"],
  correction: ["archived"],
  archived: [],
};

/** Phases that cannot be taken back, or that end something for everybody: asked once before moving there. */
const ASKED = new Set(["wrap_up", "correction", "archived"]);

const ACTS = {
  post: ["lobby", "live", "paused", "wrap_up"],
  seats: ["lobby", "live", "paused", "wrap_up"],
  tag: ["lobby", "live", "paused", "wrap_up", "correction"],
  summary: ["lobby", "live", "paused", "wrap_up", "correction"],
  release: ["lobby", "live", "paused", "wrap_up", "correction"],
  hide: ["lobby", "live", "paused", "wrap_up", "correction"],
  admit: ["lobby", "live", "paused", "wrap_up"],
  mute: ["lobby", "live", "paused", "wrap_up"],
  block: ["lobby", "live", "paused", "wrap_up", "correction"],
  highlight: ["lobby", "live", "paused", "wrap_up", "correction"],
  carry_in: ["lobby", "live", "paused", "wrap_up"],
  focus: ["lobby", "live", "paused", "wrap_up"],
  freeze: ["lobby", "live", "paused", "wrap_up"],
  announce: ["announced", "lobby", "live", "paused", "wrap_up", "correction"],
  door: ["draft", "announced", "lobby", "live", "paused", "wrap_up", "correction"],
  rules: ["draft", "announced", "lobby", "live", "paused", "wrap_up", "correction"],
  questions: ["draft", "announced", "lobby", "live", "paused", "wrap_up", "correction"],
};

/** The phases a chair may move to from `phase`. */
export function moves(phase) {
  return MOVES[phase] ?? [];
}

/** Whether moving to `phase` is asked once, in words that say what will happen. */
export function asked(phase) {
  return ASKED.has(phase);
}

/** Whether a chair may do `act` (a key of the table above) in `phase`. */
export function may(act, phase) {
  return (ACTS[act] ?? []).includes(phase);
}

/**
 * The four steps of the order shown around `phase`: `[{phase, is: "past"|"now"|"next", open}]`; `open`: a chair
 * may move there. While paused the debate stands at `live`.
 */
export function track(phase) {
  const at = ORDER.indexOf(phase === "paused" ? "live" : phase);
  const start = Math.min(Math.max(0, at - 1), ORDER.length - 4);
  const open = moves(phase);
  return ORDER.slice(start, start + 4).map((step, place) => ({
    phase: step,
    is: start + place < at ? "past" : start + place === at ? "now" : "next",
    open: open.includes(step),
  }));
}
