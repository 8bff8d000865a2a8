/**
 * Guesses to look at: contributions that found their question by likeness or by the focus alone.
 *
 * Says how many there are beside the floor's heading, and leads to the next, the least sure first; a digit puts it
 * under its question, which is the desk's.
 */

import { at, fill } from "../parts.js";
import { counted, word } from "../words.js";
import { unsure as guesses } from "./facts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

/** `read`: the floor, where what is looked at is chosen. */
export function unsure({ store, read, acts }) {
  const button = at("unsure");
  let passed = new Set(); // those that were looked at, until all were

  const here = {
    /** Choose the least sure guess that was not looked at; once all were, begin anew. */
    next() {
      const all = guesses(store.state);
      let left = all.filter((number) => !passed.has(number));
      if (!left.length) [passed, left] = [new Set(), all];
      if (!left.length) return acts.say(word("chair.no_unsure"));
      passed.add(left[0]);
      read.choose(left[0]);
    },

    show(state) {
      const { length } = guesses(state);
      giveWay(button, length > 0 && may("tag", state.debate.phase), at("floor-title"));
      if (length) fill(button, { said: counted("chair.unsure", length) });
    },
  };

  button.addEventListener("click", here.next);
  return here;
}
