/**
 * Stage directions: the records of a debate that are told as one quiet line between contributions.
 *
 * Knows the records and the page's sentences, nothing else. Connections that drop and come back are not told: the
 * ring shows them, and on an evening of bad lines they would be most of what there is to read.
 */

import { word } from "./words.js";

const PHASES = new Set(["lobby", "live", "paused", "wrap_up", "correction", "archived"]);

const LINES = {
  "seat.taken": ({ why, name, seat }) => word(why === "reserved" ? "seat.arrived" : "seat.taken", { name, seat }),
  "seat.lent": ({ why, name, seat }) => word(why === "left" ? "seat.lent" : "seat.freed", { name, seat }),
  "seat.freed": ({ name, seat }) => word("seat.freed", { name, seat }),
  "seat.opened": ({ seat, kind }) => (kind === "open" ? word("seat.opened", { seat }) : null),
  "seat.closed": ({ seat }) => word("seat.closed", { seat }),
  "circle.left_to_chair": () => word("circle.left_to_chair"),
  "phase.moved": ({ phase, was }) => {
    if (was === "paused" && phase === "live") return word("phase.resumed");
    return PHASES.has(phase) ? word(`phase.${phase}`) : null;
  },
  "question.focused": ({ question }) => (question ? word("question.focused", { question }) : word("question.none")),
  "question.added": ({ question }) => word("question.added", { question }),
  "floor.frozen": () => word("floor.frozen"),
  "floor.thawed": () => word("floor.thawed"),
  "announcement.made": ({ text }) => (text ? word("announcement", { text }) : null),
  "service.resumed": () => word("service.resumed"),
};

/** The line a record is told in, or null where it is not told. */
export function direction(record) {
  return LINES[record.type]?.(record) ?? null;
}
