/**
 * The lines across the debate page: the connection, the phase, the chair's announcement, what went wrong. And the
 * debate's clock in the bar.
 */

import { RUNNING, silence } from "./allowed.js";
import { follow, spoken } from "./clock.js";
import { connectionLine } from "./connection.js";
import { at, fill, mark, show, take } from "./parts.js";
import { over } from "./ring.js";
import { day, hourOf } from "./when.js";
import { word } from "./words.js";

/** What needs a word of explanation. */
const EXPLAINED = new Set(["frozen", "paused", "wrap_up", "correction", "archived"]);

/** Keep the lines in step. Returns `failed(sentence)`: say what went wrong, until it is put away. */
export function lines({ store, clock, stream }) {
  const [phase, line, announced, failed] = ["phase", "phase-line", "announcement", "failed"].map(at);
  let putAway = null; // when the announcement was made that the reader has put away
  const draw = ({ state }) => {
    const { debate, announcement } = state;
    const stands = debate.frozen ? "frozen" : debate.phase;
    const explained = debate.phase === "paused" ? "paused" : stands;
    const text = announcement?.at === putAway ? "" : announcement?.text;
    mark(phase, { "data-phase": stands });
    fill(phase, { phase: word(`bar.${stands}`), clock: timeLeft(debate, clock) });
    show(line, EXPLAINED.has(explained));
    fill(line, { said: EXPLAINED.has(explained) ? word(`explained.${explained}`) : "", link: over(debate) });
    show(announced, text && !over(debate));
    fill(announced, { said: text ?? "" });
    tellSilence(at("reading"), state);
  };
  connectionLine({ line: at("connection"), stream });
  take(failed, { put_away: () => show(failed, false) });
  take(announced, {
    put_away() {
      putAway = store.state.announcement?.at;
      draw(store);
    },
  });
  follow(store, clock, draw);
  return (said) => {
    fill(failed, { said });
    show(failed, true);
  };
}

/** Say in `line` why one cannot write, if so. */
export function tellSilence(line, state) {
  const why = silence(state);
  show(line, why);
  const until = why === "silence.muted" ? state.you.muted_until : state.round?.until;
  fill(line, { said: why && word(why, { time: until && hourOf(until) }) });
}

/** What the bar says of the time: how long until the start, how much is left, how far over. */
export function timeLeft({ phase, started_at: started, starts_at: starts, ends_at: ends, stopped_since: stopped }, clock) {
  if (phase === "lobby" && !started) {
    const left = clock.left(starts);
    if (left > 12 * 3_600_000) return day(starts);
    return left ? word("clock.starts_in", { time: spoken(left) }) : word("clock.soon");
  }
  if (!ends || !(RUNNING.has(phase) || phase === "paused")) return "";
  const left = clock.left(ends, stopped);
  return left ? word("clock.left", { time: spoken(left) }) : word("clock.over");
}
