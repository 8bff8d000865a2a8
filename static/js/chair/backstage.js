/**
 * How the records that only chair, moderators and organiser hear change the store, beside ../fold.js: reports, and with
 * ../muted.js who is muted. Whoever imports it has them folded too.
 */

import { change, FOLDS } from "../fold.js";
import "../muted.js";

Object.assign(FOLDS, {
  "contribution.reported"(state, { report, contribution, person, reason, note, at }) {
    const told = { report, contribution, at };
    change(told, { person, reason, note });
    state.reports?.push(told);
  },
  "report.resolved"(state, { report }) {
    if (state.reports) state.reports = state.reports.filter((one) => one.report !== report);
  },
});
