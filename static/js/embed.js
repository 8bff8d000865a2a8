/**
 * A debate within another site's page: the ring, the question in focus, the newest contributions. Read only.
 *
 * Asks without cookies, so that it shows the same to everybody, whoever they are in the debate itself. The page
 * names no live stream (`data-live`), since a browser would send its cookie there: static/js/server.js then polls.
 */

import { connectionLine } from "./connection.js";
import { showFocus, showSaid } from "./glance.js";
import { timeLeft } from "./lines.js";
import { live } from "./live.js";
import { at, put } from "./parts.js";
import { ring } from "./ring.js";

const NEWEST = 20;

const { store, clock, stream } = live();

ring({ element: at("ring"), store, clock });
connectionLine({ line: at("connection"), stream });
store.watch(({ state }) => {
  showFocus(state, store.focus);
  const there = state.contributions.filter((one) => one.status === "posted" && one.text);
  showSaid(at("newest"), there.slice(-NEWEST).reverse());
  showTime();
});
clock.every(() => store.state && showTime());
stream.start();

function showTime() {
  put(at("time"), timeLeft(store.state.debate, clock));
}
