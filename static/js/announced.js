/**
 * The page before the lobby: how long until it begins, and when that is for the reader.
 */

import { spoken } from "./clock.js";
import { put, show } from "./parts.js";
import { day, sameHour } from "./when.js";
import { counted, word } from "./words.js";

const DAY = 24 * 3_600_000;

/** Keep the page's times in step. A start that moved is another page. */
export function announced({ store, clock }) {
  const when = document.getElementById("when");
  const yours = document.getElementById("when-yours");
  if (!sameHour(when.dateTime, when.dataset.timezone)) {
    put(yours, word("when.yours", { time: day(when.dateTime) }));
    show(yours, true);
  }
  store.watch(({ state }) => {
    if (state.debate.starts_at !== when.dateTime) location.reload();
  });
  const countdown = document.getElementById("countdown");
  clock.every(() => put(countdown, until(clock.left(when.dateTime))));
}

/** How long that is, in words; the days round to whole ones, as people count them. */
export function until(left) {
  if (left === 0) return word("clock.soon");
  return left < 2 * DAY ? word("when.in", { time: spoken(left) }) : counted("when.days", Math.round(left / DAY));
}
