/**
 * What this reader may do now, so that the page offers nothing that would be refused.
 *
 * Pure. The server decides (fishbowl/debate/rights.py has the table); this only spares people a refusal.
 */

export const MODERATING = new Set(["chair", "moderator"]);
const SITTING = new Set(["participant", "speaker"]);
const RUN = new Set(["lobby", "live", "paused", "wrap_up"]);
const HELD = new Set(["taken", "leaving", "away"]);

/** Whether a seat could be sat on by `person` at once, their turn in the queue aside. */
export function isFree(seat, person) {
  if (seat.state === "lent") return true;
  return seat.state === "free" && (seat.kind === "open" || (Boolean(person) && seat.speaker === person));
}

/** `{join, post, endorse, withdraw, raise, lower, leave, sit(seat)}`, each a boolean, of a store's state. */
export function allowed(state) {
  const { you, debate, seats, hands } = state;
  const { phase, frozen, rules } = debate;
  const me = you?.person;
  const moderating = MODERATING.has(you?.role);
  const sitting = SITTING.has(you?.role);
  const acting = moderating || sitting;
  const seated = seats.some((seat) => HELD.has(seat.state) && seat.person === me);
  const spoken = moderating ? RUN.has(phase) : phase === "live" || phase === "wrap_up";
  const heard = rules.posting !== "classic" || seated || you?.role === "chair";
  const mine = hands.some((hand) => hand.person === me);
  const lining = sitting && (phase === "lobby" || phase === "live");
  const circle = sitting && RUN.has(phase) && phase !== "paused";
  const first = !hands.length || hands[0].person === me || rules.entry === "claim";
  return {
    join: !you && RUN.has(phase) && debate.door !== "shut",
    post: acting && spoken && heard && (!frozen || moderating),
    endorse: acting && ["live", "wrap_up", "correction"].includes(phase),
    withdraw: acting && phase !== "archived",
    raise: lining && !seated && !mine && you.offered === undefined,
    lower: lining && mine,
    leave: circle && seated && rules.exit !== "chair",
    sit: (seat) => circle && !seated && isFree(seat, me) && (first || seat.speaker === me),
  };
}

/** Why the composer is closed to somebody who joined: a key of the page's sentences, or null where it is open. */
export function silence(state) {
  if (allowed(state).post) return null;
  const { you, debate } = state;
  if (debate.phase === "correction" || debate.phase === "archived") return "silence.over";
  if (!you) return "silence.onlooker";
  if (you.role === "organiser") return "silence.organiser";
  if (debate.frozen && debate.phase !== "paused") return "silence.frozen";
  if (debate.phase === "live" || debate.phase === "wrap_up") return "silence.classic";
  return `silence.${debate.phase}`;
}
