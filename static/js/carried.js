/**
 * Carrying in, for pages that know of two streams: how it changes the store, and how a contribution tells of it.
 *
 * Whoever imports it has it folded: who carried what in, and whether the next free seat is promised to the reader.
 */

import { FOLDS } from "./fold.js";
import { fill } from "./parts.js";
import { word } from "./words.js";

const PROMISING = new Set(["lobby", "live", "paused"]);
const { "phase.moved": move, "person.left": leave, "person.blocked": block } = FOLDS;

/** The reader was promised a seat, and is no more. */
function ends({ you }, over) {
  if (you && over) delete you.promised;
}

const ofContribution = ({ you }, { contribution }) => ends({ you }, you?.promised === contribution);
const ofPerson = ({ you }, { person, why }) => ends({ you }, you?.person === person && why !== "taken_back");

Object.assign(FOLDS, {
  "contribution.carried_in"({ you }, { contribution, person, by, at, seq }, store) {
    const one = store.contribution(contribution);
    if (one) one.carried_in = { by, at, seq };
    if (person && person === you?.person) you.promised = contribution;
  },
  "contribution.hidden": ofContribution,
  "contribution.withdrawn": ofContribution,
  "contribution.erased": ofContribution,
  "seat.taken": ofPerson,
  "seat.declined": ofPerson,
  "person.left"(state, record) {
    leave?.(state, record);
    ofPerson(state, record);
  },
  "person.blocked"(state, record) {
    block?.(state, record);
    ofPerson(state, record);
  },
  "phase.moved"(state, record) {
    move(state, record);
    ends(state, !PROMISING.has(record.phase));
  },
});

/** Tell on `element` who carried `contribution` in, or that it stands beside the floor; `may`: the reader may carry in. */
export function fillCarried(element, { contribution, author, circle, status, carried_in: carried }, { state }, may) {
  const { you, people } = state;
  const name = people.find(({ person }) => person === carried?.by)?.name ?? word("somebody");
  const told = carried && (carried.by === "chair" ? word("carried.chair") : word("carried.by", { name }));
  const promised = you?.promised === contribution && author.person === you.person;
  const beside = circle === "outer" && !carried;
  fill(element, {
    self: { "data-carried": Boolean(carried) },
    carried: told ? `${told} ${promised ? word("carried.promised") : ""}`.trim() : null,
    stream: beside,
    carry_in: beside && may && status === "posted",
  });
}
