/**
 * How the records that only chair, moderators and organiser hear change the store, beside ../fold.js: reports, and
 * who is muted. Whoever imports it has them folded too.
 */

import { change, FOLDS } from "../fold.js";

function silence({ people, you }, person, until) {
  for (const one of [...people, you]) if (one?.person === person) change(one, { muted_until: until });
}

Object.assign(FOLDS, {
  "person.muted": (state, { person, until }) => silence(state, person, until),
  "person.unmuted": (state, { person }) => silence(state, person, null),

  "contribution.reported"(state, { report, contribution, person, reason, note, at }) {
    const told = { report, contribution, at };
    change(told, { person, reason, note });
    state.reports?.push(told);
  },
  "report.resolved"(state, { report }) {
    if (state.reports) state.reports = state.reports.filter((one) => one.report !== report);
  },
});
