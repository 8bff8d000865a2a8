/**
 * The wall: the circle, the question in focus and the newest said in the circle, for a room to read.
 *
 * Shows what the store says and takes no command. Hidden texts never stand here, also where the chair's own
 * browser drives the projector and is given them.
 */

import { connectionLine } from "./connection.js";
import { showFocus, showSaid } from "./glance.js";
import { timeLeft } from "./lines.js";
import { live } from "./live.js";
import { at, part, put, show } from "./parts.js";
import { ring } from "./ring.js";
import { reachable } from "./scrollable.js";
import { day } from "./when.js";
import { word } from "./words.js";

const NEWEST = 4; // more than fit; what does not is cut off at the end
const SAID_FOR = 180_000; // milliseconds an announcement stands
const TOLD = { paused: "wall.paused", wrap_up: "wall.wrap_up" };
const EARLY = new Set(["draft", "announced"]);
const OVER = new Set(["correction", "archived"]);

const { store, clock, stream } = live();

ring({ element: at("ring"), store, clock });
connectionLine({ line: at("connection"), stream });
reachable(part(at("ring"), "seats"));
store.watch(({ state }) => {
  if (state.debate.rules.posting === "two_stream") import("./carried.js");
  document.body.dataset.phase = state.debate.phase;
  showFocus(state, store.focus);
  showNewest(state);
  showDoor(state.debate);
  showTime();
});
clock.every(() => store.state && showTime());
stream.start();

/** The newest first: at ten metres nobody looks for the end of a list. */
function showNewest({ contributions }) {
  const came = ({ seq, carried_in: carried }) => carried?.seq ?? seq;
  const inner = contributions.filter((one) => one.circle === "inner" || one.carried_in);
  const told = inner.filter((one) => one.status === "posted" && one.text).sort((one, other) => came(one) - came(other));
  showSaid(at("newest"), told.slice(-NEWEST).reverse());
}

/** What one finds at the address now, and with which code: that is told to the backstage alone. */
function showDoor({ door, join_code: code, phase, starts_at: starts }) {
  const over = OVER.has(phase);
  const coded = door === "code" && !over;
  show(at("qr"), door !== "shut" && !over);
  const shut = door === "shut" ? "shut" : "open";
  const now = over ? "over" : EARLY.has(phase) ? "early" : shut;
  put(at("invitation"), word(`wall.invitation.${now}`, { time: day(starts) }));
  show(at("join-code"), coded && code);
  show(at("ask-code"), coded && !code);
  put(part(at("join-code"), "code"), code ?? "");
}

function showAnnouncement({ announcement, debate }) {
  const line = at("announcement");
  const fresh = announcement && clock.now() - Date.parse(announcement.at) < SAID_FOR;
  show(line, fresh && announcement.text && !OVER.has(debate.phase));
  put(part(line, "said"), announcement?.text ?? "");
}

function showTime() {
  const { debate } = store.state;
  const told = TOLD[debate.phase] ?? (debate.frozen ? "wall.frozen" : null);
  const left = timeLeft(debate, clock);
  showAnnouncement(store.state);
  put(at("time"), [told && word(told), left].filter(Boolean).join(", "));
}
