/**
 * What this reader may do now, so that the page offers nothing that would be refused.
 *
 * Pure. The server decides (fishbowl/debate/rights.py has the table); this only spares people a refusal.
 */

export const MODERATING = new Set(["chair", "moderator"]);
/** States of a seat that somebody holds. */
export const HELD = new Set(["taken", "leaving", "away"]);
/** Phases in which clocks run, unless the floor is frozen. */
export const RUNNING = new Set(["lobby", "live", "wrap_up"]);

/** Whether a seat could be sat on by `person` at once, their turn in the queue aside. */
export function isFree({ state, kind, speaker }, person) {
  if (state === "lent") return true;
  return state === "free" && (kind === "open" || (Boolean(person) && speaker === person));
}

/**
 * `{join, post, endorse, report, withdraw, raise, lower, leave, sit(seat)}`, each a boolean, of a store's state; `tag`: "any"
 * contribution, their "own", or false.
 */
export function allowed({ you, debate, seats, hands, round }) {
  const { phase, frozen, rules } = debate;
  const me = you?.person;
  const moderating = MODERATING.has(you?.role);
  const sitting = (you?.role === "participant" || you?.role === "speaker") && !you.waiting;
  const acting = moderating || sitting;
  const run = RUNNING.has(phase) || phase === "paused";
  const last = phase === "live" || phase === "wrap_up";
  const seated = seats.some(({ state, person }) => HELD.has(state) && person === me);
  const heard = rules.posting !== "classic" || seated || you?.role === "chair";
  const mine = hands.some(({ person }) => person === me);
  const lining = sitting && (phase === "lobby" || phase === "live");
  const circle = sitting && RUNNING.has(phase);
  const muted = Date.parse(you?.muted_until) > Date.now();
  const first = !hands.length || hands[0].person === me || rules.entry === "claim";
  return {
    join: !you && run && debate.door !== "shut",
    post: acting && (moderating ? run : last) && heard && (!frozen || moderating) && !muted,
    endorse: acting && (last || phase === "correction"),
    report: (run && phase !== "lobby") || phase === "correction",
    withdraw: acting && phase !== "archived",
    tag: (run || phase === "correction") && (moderating ? "any" : sitting && "own"),
    raise: lining && !seated && !mine && you.offered === undefined,
    lower: lining && mine,
    leave: circle && seated && rules.exit !== "chair",
    sit: (seat) => circle && !seated && !round && isFree(seat, me) && (first || seat.speaker === me),
  };
}

/** Whether its questions may be changed by `you`, who may what `may` says. */
export function retags({ tag }, { author, status }, you) {
  return status === "posted" && (tag === "any" || (tag === "own" && author.person === you));
}

/** Why the composer is closed to somebody who joined: a key of the page's sentences, or null where it is open. */
export function silence(state) {
  if (allowed(state).post) return null;
  const { you, debate, round } = state;
  const { phase, frozen } = debate;
  if (phase === "correction" || phase === "archived") return "silence.over";
  if (!you) return "silence.onlooker";
  if (you.waiting) return "silence.waiting";
  if (you.role === "organiser") return "silence.organiser";
  if (frozen && phase !== "paused") return "silence.frozen";
  if (allowed({ ...state, you: { ...you, muted_until: null } }).post) return "silence.muted";
  if (phase !== "live" && phase !== "wrap_up") return `silence.${phase}`;
  return round ? `silence.round${round.until ? "" : "_open"}` : "silence.classic";
}
