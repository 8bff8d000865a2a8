/**
 * How the records of muting change the store, beside fold.js; and that it ends. Whoever imports it has them folded too.
 */

import { change, FOLDS } from "./fold.js";

function silence({ people, you }, person, until) {
  for (const one of [...people, you]) if (one?.person === person) change(one, { muted_until: until });
}

Object.assign(FOLDS, {
  "person.muted": (state, { person, until }) => silence(state, person, until),
  "person.unmuted": (state, { person }) => silence(state, person, null),
});

/** Tell whoever watches the store when the reader may write again. */
export function untilHeard({ store, clock }) {
  let was = false;
  clock.every(() => {
    const is = Date.parse(store.state?.you?.muted_until) > Date.now();
    if (was && !is) store.hear(store.state);
    was = is;
  });
}
