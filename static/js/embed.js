/**
 * A debate within another site's page: the ring, the question in focus, the newest contributions. Read only.
 *
 * Asks without cookies, so that it shows the same to everybody, whoever they are in the debate itself. The page
 * names no live stream (`data-live`), since a browser would send its cookie there: static/js/server.js then polls.
 */

import { Clock } from "./clock.js";
import { ConnectionLine } from "./connection.js";
import { showFocus, showSaid } from "./glance.js";
import { timeLeft } from "./lines.js";
import { put } from "./parts.js";
import { Ring } from "./ring.js";
import { connect, snapshot } from "./server.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";

const NEWEST = 20;

const element = (id) => document.getElementById(id);

const store = new Store();
const clock = new Clock();
const stream = new Stream({ store, connect, snapshot: () => snapshot(), heard: (hello) => clock.set(hello.now) });

new Ring({ element: element("ring"), store, clock, sit: () => {} });
new ConnectionLine({ line: element("connection"), stream });
store.watch(({ state, records }) => {
  if (!records) clock.set(state.now);
  showFocus(state, store.focus);
  const there = state.contributions.filter((one) => one.status === "posted" && one.text);
  showSaid(element("newest"), there.slice(-NEWEST).reverse());
  showTime();
});
clock.every(() => store.state && showTime());
stream.start();

function showTime() {
  put(element("time"), timeLeft(store.state.debate, clock));
}
