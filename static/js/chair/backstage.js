/**
 * How the records that only chair, moderators and organiser hear change the store, beside ../fold.js: reports, who waits at
 * the door, who is blocked, and with ../muted.js who is muted. Whoever imports it has them folded too.
 */

import "../admitted.js";
import { change, FOLDS } from "../fold.js";
import "../muted.js";

const { "person.erased": erase, "person.joined": join, "person.admitted": admit, "person.renamed": rename } = FOLDS;
const { "name.held": hold, "name.refused": refuse } = FOLDS;

/** Whoever waits at the door, or undefined. */
const atTheDoor = ({ waiting = [] }, id) => waiting.find(({ person }) => person === id);

/** Nobody waits any more of whom a record says that they came in, or went. */
function goes(state, { person }) {
  if (state.waiting) state.waiting = state.waiting.filter((one) => one.person !== person);
}

Object.assign(FOLDS, {
  "person.erased"(state, record) {
    erase(state, record);
    for (const one of state.blocked ?? []) if (one.person === record.person) one.name = null;
  },
  "person.joined"(state, record) {
    join(state, record);
    const { person, name, handle, at } = record;
    if (record.waiting) state.waiting?.push({ person, name, handle, at });
  },
  "person.admitted"(state, record) {
    const { asked_name } = atTheDoor(state, record.person) ?? {};
    admit(state, record);
    change(state.people.at(-1), record.on ? { asked_name } : {});
    goes(state, record);
  },
  "person.left": goes,
  "person.renamed"(state, record) {
    const one = atTheDoor(state, record.person);
    rename(state, record);
    if (one) change(one, { name: record.name, handle: record.handle, asked_name: null });
  },
  "name.held"(state, record) {
    hold(state, record);
    change(atTheDoor(state, record.person) ?? {}, { asked_name: record.asked });
  },
  "name.refused"(state, record) {
    refuse(state, record);
    change(atTheDoor(state, record.person) ?? {}, { asked_name: null });
  },
  "person.blocked"(state, { person, name = null }) {
    state.blocked?.push({ person, name });
    state.blocked?.sort((one, other) => (one.person < other.person ? -1 : 1));
  },
  "person.unblocked"(state, { person }) {
    if (state.blocked) state.blocked = state.blocked.filter((one) => one.person !== person);
  },

  "contribution.reported"(state, { report, contribution, person, reason, note, at }) {
    const told = { report, contribution, at };
    change(told, { person, reason, note });
    state.reports?.push(told);
  },
  "report.resolved"(state, { report }) {
    if (state.reports) state.reports = state.reports.filter((one) => one.report !== report);
  },
});
