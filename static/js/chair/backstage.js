/**
 * How the records that only chair, moderators and organiser hear change the store, beside ../fold.js: reports, who is
 * blocked, and with ../muted.js who is muted. Whoever imports it has them folded too.
 */

import { change, FOLDS } from "../fold.js";
import "../muted.js";

const erase = FOLDS["person.erased"];

Object.assign(FOLDS, {
  "person.erased"(state, record) {
    erase(state, record);
    for (const one of state.blocked ?? []) if (one.person === record.person) one.name = null;
  },
  "person.blocked"(state, { person, name = null }) {
    state.blocked?.push({ person, name });
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
