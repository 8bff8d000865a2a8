/**
 * The line that says the connection is lost, coming back, or ended for good; or that requests stand in for it,
 * where the page has a button to put that away.
 *
 * A connection that is back within a moment was never worth a line.
 */

import { part, put, show, take } from "./parts.js";
import { word } from "./words.js";

const A_MOMENT = 1500; // milliseconds

/** Keep `line` in step with `stream`. */
export function connectionLine({ line, stream }) {
  const [away, hurry] = [part(line, "put_away"), part(line, "hurry")];
  let soon = null;
  let unread = away; // whether it is still to be told that requests stand in

  take(line, {
    hurry: () => stream.hurry(),
    put_away() {
      unread = false;
      show(line, false);
    },
  });
  stream.watch(({ state, why, slow }) => {
    clearTimeout(soon);
    const quiet = state === "live" && slow && unread;
    if (away) show(away, quiet);
    if (state === "live" && !quiet) return show(line, false);
    const tell = () => {
      put(part(line, "said"), word(quiet ? "by_requests" : why ? `ended.${why}` : "reconnecting"));
      if (hurry) show(hurry, state === "waiting");
      show(line, true);
    };
    if (line.hidden && state !== "ended") soon = setTimeout(tell, A_MOMENT);
    else tell();
  });
}
