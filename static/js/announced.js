/**
 * The page before the lobby: how long until it begins, and when that is for the reader.
 */

import { spoken } from "./clock.js";
import { live } from "./live.js";
import { at, put, show } from "./parts.js";
import { day } from "./when.js";
import { counted, word } from "./words.js";

const DAY = 24 * 3_600_000;
const EARLY = new Set(["draft", "announced"]);

const { store, clock, stream } = live();
const when = at("when");
if (!sameHour(when.dateTime, when.dataset.timezone)) {
  put(at("when-yours"), word("when.yours", { time: day(when.dateTime) }));
  show(at("when-yours"), true);
}
store.watch(({ state: { debate } }) => {
  // A start that moved is another page, and so is the lobby.
  if (debate.starts_at !== when.dateTime || !EARLY.has(debate.phase)) location.reload();
});
clock.every(() => put(at("countdown"), until(clock.left(when.dateTime))));
stream.start();

/** How long that is, in words; the days round to whole ones, as people count them. */
function until(left) {
  if (left === 0) return word("clock.soon");
  return left < 2 * DAY ? word("when.in", { time: spoken(left) }) : counted("when.days", Math.round(left / DAY));
}

/** Whether the reader's clock shows at `at` what a clock in `timezone` shows. */
function sameHour(at, timezone) {
  const there = new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", timeZone: timezone });
  const here = new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short" });
  return there.format(new Date(at)) === here.format(new Date(at));
}
