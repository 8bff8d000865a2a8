/**
 * What waits for the moderators: contributions that are held, then those that were reported.
 *
 * Says how many there are beside the floor's heading, and leads to the next of them; what is done with it is the
 * desk's.
 */

import { at, fill } from "../parts.js";
import { counted } from "../words.js";
import { giveWay } from "./rows.js";

/** `read`: the floor, where what waits is chosen. */
export function waiting({ store, read }) {
  const button = at("waiting");

  const numbers = ({ contributions, reports = [] }) => {
    const held = contributions.filter(({ status }) => status === "held");
    return [...new Set([...held, ...reports].map(({ contribution }) => contribution))];
  };

  const here = {
    /** Choose what has waited longest; from there on the one after it, around to the first. */
    next() {
      const all = numbers(store.state);
      const after = all.indexOf(read.chosen?.contribution) + 1;
      if (all.length) read.choose(all[after % all.length]);
    },

    show(state) {
      const { length } = numbers(state);
      giveWay(button, length > 0, at("floor-title"));
      if (length) fill(button, { said: counted("chair.waiting", length) });
    },
  };

  button.addEventListener("click", here.next);
  return here;
}
