/**
 * The lines across the debate page: the connection, the phase, the chair's announcement, what went wrong. And the
 * debate's clock in the bar.
 */

import { follow, spoken } from "./clock.js";
import { ConnectionLine } from "./connection.js";
import { at, mark, part, show, take, write } from "./parts.js";
import { over } from "./ring.js";
import { day } from "./when.js";
import { word } from "./words.js";

/** What needs a word of explanation, with whether the transcript is there to read. */
const EXPLAINED = { frozen: false, paused: false, wrap_up: false, correction: true, archived: true };

/** Keep the lines in step. Returns `failed(sentence)`: say what went wrong, until it is put away. */
export function lines({ store, clock, stream }) {
  let putAway = null; // when the announcement was made that the reader has put away
  const draw = ({ state: { debate, announcement } }) => {
    const { phase, frozen } = debate;
    mark(at("phase"), "data-phase", frozen ? "frozen" : phase);
    write(at("phase"), { phase: word(frozen ? "bar.frozen" : `bar.${phase}`), clock: timeLeft(debate, clock) });
    const key = frozen && phase !== "paused" ? "frozen" : phase;
    const line = at("phase-line");
    show(line, key in EXPLAINED);
    if (key in EXPLAINED) write(line, { said: word(`explained.${key}`) });
    show(part(line, "link"), EXPLAINED[key]);
    show(at("announcement"), announcement?.text && announcement.at !== putAway && !over(debate));
    write(at("announcement"), { said: announcement?.text ?? "" });
  };
  new ConnectionLine({ line: at("connection"), stream });
  take(at("failed"), { put_away: () => show(at("failed"), false) });
  take(at("announcement"), {
    put_away() {
      putAway = store.state.announcement?.at;
      draw(store);
    },
  });
  follow(store, clock, draw);
  return (sentence) => {
    write(at("failed"), { said: sentence });
    show(at("failed"), true);
  };
}

/** What the bar says of the time: how long until the start, how much is left, how far over. */
export function timeLeft(debate, clock) {
  const { phase, starts_at: starts, ends_at: ends, stopped_since: stopped } = debate;
  if (phase === "lobby" && !debate.started_at) {
    const left = clock.left(starts);
    if (left > 12 * 3_600_000) return day(starts);
    return left ? word("clock.starts_in", { time: spoken(left) }) : word("clock.soon");
  }
  if (!["lobby", "live", "paused", "wrap_up"].includes(phase) || !ends) return "";
  const left = clock.left(ends, stopped);
  return left ? word("clock.left", { time: spoken(left) }) : word("clock.over");
}
