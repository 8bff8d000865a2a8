/**
 * What lies before the newest two hundred: older contributions, for a button and for links into them. Loaded
 * where there are any.
 */

import { show } from "./parts.js";
import { snapshot } from "./server.js";

const PAGE = 200; // contributions in an answer

/** Returns `{later(), open(number)}`. `button` asks for what came before. */
export function past({ store, floor, reading, button }) {
  let last = 0; // the number of the last contribution in a list that does not end with the newest

  const offer = () => show(button, floor.first > 1 && floor.first < Infinity);
  const waits = (contributions) => contributions.map((contribution) => ({ contribution }));

  /** The contributions before `number`, as the store has them; none where they cannot be had. */
  const load = async (number) => {
    const { contributions } = await snapshot({ before: number }).catch(() => ({ contributions: [] }));
    store.prepend(contributions, number);
    return contributions.map((one) => store.contribution(one.contribution));
  };

  /** The list ends with `shown`: the rest of what there is waits, and more between may have to be loaded. */
  const goOn = (shown) => {
    last = shown.at(-1).contribution;
    const waiting = store.state.contributions.filter((one) => one.contribution > last);
    reading.wait(waits(waiting), Math.max(0, (waiting[0]?.contribution ?? 0) - last - 1));
    offer();
  };

  /** Put in what came before, and what answers it. */
  const earlier = async () => {
    const { first } = floor;
    const older = await load(first);
    const numbers = new Set(older.map((one) => one.contribution));
    const answers = store.state.contributions.filter((one) => one.contribution >= first && numbers.has(one.root));
    floor.place(waits([...older, ...answers]));
    offer();
  };

  button.addEventListener("click", earlier);
  store.watch(offer);
  offer();
  return {
    /** Put in what comes after the list's end, where that is not the newest. Returns the elements. */
    async later() {
      const after = (await load(last + PAGE + 1)).filter((one) => one.contribution > last);
      if (!after.length) return [];
      const placed = floor.place(waits(after));
      goOn(after);
      return placed;
    },

    /** Show what stands around a contribution that is not in the list. Its element, if there is one. */
    async open(number) {
      const around = await load(number + PAGE / 2);
      if (!around.some((one) => one.contribution === number)) return undefined;
      floor.showOnly(around);
      goOn(around);
      return floor.element(number);
    },
  };
}
