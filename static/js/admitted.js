/**
 * How the door changes the store for those who hear of who waits at it: whoever waits, and the backstage. Whoever imports
 * it has that folded; everybody else hears only of people who are in, as fold.js has it.
 */

import { FOLDS } from "./fold.js";

const { "person.joined": join, "person.admitted": admit } = FOLDS;

Object.assign(FOLDS, {
  "person.joined"(state, record) {
    if (!record.waiting) join(state, record);
  },
  "person.admitted"(state, record) {
    if (!record.on) return;
    admit(state, record);
    if (state.you?.person === record.person) delete state.you.waiting;
  },
});
