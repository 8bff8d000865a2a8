/**
 * What the console says of seats, hands, people and questions: facts drawn from the store, without words.
 *
 * Knows nothing of the page and folds nothing: everything is read from the store's state as it is now, so two
 * chairs looking at the same state are offered the same.
 */

import { HELD } from "../allowed.js";
import { focusMinutes } from "../ring.js";

const FREE = new Set(["free", "lent"]);

/** How many of the open circle's seats are held: `{held, seats}`; closed ones do not count. */
export function circle(state) {
  const open = state.seats.filter((seat) => seat.state !== "closed");
  return { held: open.filter((seat) => HELD.has(seat.state)).length, seats: open.length };
}

/** What a chair may do with a seat, in the order of the buttons. */
export function seatActs(seat) {
  switch (seat.state) {
    case "taken":
      return ["free"]; // where it is asked whether the seat stays
    case "leaving":
      return ["extend", "free"];
    case "away":
      return ["extend", "free"];
    case "offered":
      return ["extend", "take_back"];
    case "closed":
      return ["open"];
    default: // free or lent; a reserved seat still free waits for its speaker
      return seat.kind === "reserved" && seat.state === "free" ? ["close"] : ["invite", "close"];
  }
}

/** The command that opens a closed seat again: the same kind, for the same speaker. */
export function openAgain(seat) {
  return seat.kind === "reserved"
    ? { do: "open_seat", kind: "reserved", person: seat.speaker }
    : { do: "open_seat", kind: "open" };
}

/** Whether the reader may carry `contribution` in: the chair does, from the second of two streams. */
export function carries({ you, debate }, contribution) {
  if (you?.role !== "chair" || debate.rules.posting !== "two_stream") return false;
  const { circle, status, carried_in: carried } = contribution ?? {};
  return circle === "outer" && status === "posted" && !carried;
}

/** Whether anybody can be seated this moment without anybody leaving. */
export function seatFree(state) {
  return state.seats.some((seat) => FREE.has(seat.state) && (seat.kind === "open" || seat.state === "lent"));
}

/** People who could be given a seat, or also those who have one, by name; those with a hand up first, in their order. */
export function sitters(state, seated = false) {
  const line = new Map(state.hands.map((hand, place) => [hand.person, place]));
  const place = (person) => line.get(person.person) ?? Infinity;
  return state.people
    .filter((person) => (person.role === "participant" || person.role === "speaker") && (seated || !person.seat))
    .sort((one, other) => place(one) - place(other) || byName(one, other));
}

/** Everybody, those backstage first, then who sits, then the rest, each by name. */
export function everybody(state) {
  const rank = (person) => (["chair", "moderator", "organiser"].includes(person.role) ? 0 : person.seat ? 1 : 2);
  return [...state.people].sort((one, other) => rank(one) - rank(other) || byName(one, other));
}

function byName(one, other) {
  return (one.name ?? "").localeCompare(other.name ?? "");
}

/** Whether somebody can be muted and blocked. */
export function isModerated({ role }) {
  return role === "participant" || role === "speaker";
}

/** What became of a person's contributions, as far back as they are here: `{posted, held, refused, hidden}`. */
export function historyOf({ contributions }, person) {
  const history = { posted: 0, held: 0, refused: 0, hidden: 0 };
  for (const { author, status } of contributions) {
    if (author.person === person && status in history) history[status] += 1;
  }
  return history;
}

/** The questions before and after the one in focus: `{back, next}`, each a question or null. */
export function neighbours(state) {
  const at = state.questions.findIndex((question) => question.focus);
  return { back: at > 0 ? state.questions[at - 1] : null, next: state.questions[at + 1] ?? null };
}

/** The place of a question among those that stand, from 1 on; 0 where it does not. */
export function placeOf({ questions }, number) {
  return questions.findIndex(({ question }) => question === number) + 1;
}

/** The questions a contribution is tagged with, as numbers. */
export function taggedWith(contribution) {
  return contribution.tags.map((tag) => tag.question);
}

const SURE = 0.8; // from here on a guess need not be looked at
const GUESSES = ["similar", "focus"]; // sources that are one
const GIVEN = new Set(["author", "marker", "chair"]); // sources that are somebody's word

/** The numbers of the contributions whose question is a guess: likenesses before the focus, the least sure first. */
export function unsure({ contributions }) {
  const rank = ({ tags: [first] }) => GUESSES.indexOf(first?.source);
  const guessed = contributions.filter(
    (one) => one.status === "posted" && rank(one) >= 0 && one.tags[0].confidence < SURE,
  );
  guessed.sort((one, other) => rank(one) - rank(other) || one.tags[0].confidence - other.tags[0].confidence);
  return guessed.map(({ contribution }) => contribution);
}

/** The replies that move with a contribution: down each branch, until somebody's word holds one. */
export function moving({ contributions }, root) {
  const moved = new Set([root]);
  return contributions.filter(({ contribution: number, reply_to: to, tags }) => {
    const moves = moved.has(to) && !tags.some(({ source }) => GIVEN.has(source));
    if (moves) moved.add(number);
    return moves;
  });
}

/** The tags after a key: `question` alone, or with `add` put beside the others, or taken from among them. */
export function retagged(contribution, question, add) {
  if (!add) return [question];
  const now = taggedWith(contribution);
  return now.includes(question) ? now.filter((one) => one !== question) : [...now, question];
}

/** The contribution `step` places from `selected` in `list`; from nothing, the newest. */
export function stepped(list, selected, step) {
  if (!list.length) return null;
  const at = list.findIndex((one) => one.contribution === selected);
  if (at < 0) return list.at(-1);
  return list[Math.min(Math.max(at + step, 0), list.length - 1)];
}

/**
 * A question's time by `clock`, in milliseconds: `{used, left, share}`. `left` is null without minutes of its
 * own; `share` is what of them is used, 0 to 1 (without any: of ten minutes).
 */
export function questionTime(question, clock) {
  const used = Math.round(focusMinutes(question, clock) * 60_000);
  const planned = (question.minutes ?? 0) * 60_000;
  return { used, left: planned ? planned - used : null, share: Math.min(1, used / (planned || 600_000)) };
}
