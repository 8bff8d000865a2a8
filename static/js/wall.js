/**
 * The wall: the circle, the question in focus and the newest said in the circle, for a room to read.
 *
 * Shows what the store says and takes no command. Hidden texts never stand here, also where the chair's own
 * browser drives the projector and is given them.
 */

import { Clock } from "./clock.js";
import { ConnectionLine } from "./connection.js";
import { showFocus, showSaid } from "./glance.js";
import { timeLeft } from "./lines.js";
import { part, put, show } from "./parts.js";
import { Ring } from "./ring.js";
import { reachable } from "./scrollable.js";
import { connect, snapshot } from "./server.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { day } from "./when.js";
import { word } from "./words.js";

const NEWEST = 4; // more than fit; what does not is cut off at the end
const SAID_FOR = 180_000; // milliseconds an announcement stands
const TOLD = { paused: "wall.paused", wrap_up: "wall.wrap_up" };
const EARLY = new Set(["draft", "announced"]);
const OVER = new Set(["correction", "archived"]);

const element = (id) => document.getElementById(id);

const store = new Store();
const clock = new Clock();
const stream = new Stream({ store, connect, snapshot: () => snapshot(), heard: (hello) => clock.set(hello.now) });

new Ring({ element: element("ring"), store, clock, sit: () => {} });
new ConnectionLine({ line: element("connection"), stream });
reachable(part(element("ring"), "seats"));
store.watch(({ state, records }) => {
  if (!records) clock.set(state.now);
  document.body.dataset.phase = state.debate.phase;
  showFocus(state, store.focus);
  showNewest(state);
  showDoor(state.debate);
  showTime();
});
clock.every(() => store.state && showTime());
window.addEventListener("online", () => stream.hurry());
stream.start();

/** The newest first: at ten metres nobody looks for the end of a list. */
function showNewest({ contributions }) {
  const inner = contributions.filter((one) => one.circle === "inner" && one.status === "posted" && one.text);
  showSaid(element("newest"), inner.slice(-NEWEST).reverse());
}

/** What one finds at the address now, and with which code: that is told to the backstage alone. */
function showDoor({ door, join_code: code, phase, starts_at: starts }) {
  const over = OVER.has(phase);
  const coded = door === "code" && !over;
  show(element("qr"), door !== "shut" && !over);
  const shut = door === "shut" ? "shut" : "open";
  const now = over ? "over" : EARLY.has(phase) ? "early" : shut;
  put(element("invitation"), word(`wall.invitation.${now}`, { time: day(starts) }));
  show(element("join-code"), coded && code);
  show(element("ask-code"), coded && !code);
  put(part(element("join-code"), "code"), code ?? "");
}

function showAnnouncement({ announcement, debate }) {
  const line = element("announcement");
  const fresh = announcement && clock.now() - Date.parse(announcement.at) < SAID_FOR;
  show(line, fresh && announcement.text && !OVER.has(debate.phase));
  put(part(line, "said"), announcement?.text ?? "");
}

function showTime() {
  const { debate } = store.state;
  const told = TOLD[debate.phase] ?? (debate.frozen ? "wall.frozen" : null);
  const left = timeLeft(debate, clock);
  showAnnouncement(store.state);
  put(element("time"), [told && word(told), left].filter(Boolean).join(", "));
}
