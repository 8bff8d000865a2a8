/**
 * Stage directions: the records of a debate that are told as one quiet line between contributions.
 *
 * Knows the records and the page's sentences, nothing else. Connections that drop and come back are not told: the
 * ring shows them, and on an evening of bad lines they would be most of what there is to read.
 */

import { told } from "./words.js";

/** Records that may be told by another sentence than the one of their type: its key; false where it is theirs. */
const OTHERWISE = {
  "seat.taken": ({ why }) => why === "reserved" && "seat.arrived",
  "seat.lent": ({ why }) => why !== "left" && "seat.freed",
  "seat.opened": ({ kind }) => kind !== "open" && "none",
  "phase.moved": ({ phase, was }) => (was === "paused" && phase === "live" ? "phase.resumed" : `phase.${phase}`),
  "question.focused": ({ question }) => !question && "question.none",
  "question.summarised": ({ question, text }) => (text ? (question ? "question.summarised" : "debate.summarised") : "none"),
  "announcement.made": ({ text }) => text && "announcement",
};

/** The line a record is told in, or null where the page has none for it. */
export function direction(record) {
  return told(OTHERWISE[record.type]?.(record) || record.type, record);
}
