// What is shown, and when: the ring's geometry, clocks, filters, words, what a reader may do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { allowed, isFree, silence } from "../../static/js/allowed.js";
import { Clock, follow, spoken } from "../../static/js/clock.js";
import { initials } from "../../static/js/contribution.js";
import { arc, around, drawn, whole } from "../../static/js/ring.js";
import { matches, showing } from "../../static/js/showing.js";
import { byPath } from "../../static/js/thread.js";
import { timeLeft } from "../../static/js/lines.js";
import { words } from "../../static/js/words.js";

test("people stand around evenly, the first at the top, all at the same distance", () => {
  assert.deepEqual(around(4, 0), [[0, -95], [95, 0], [0, 95], [-95, 0]]);
  for (const n of [1, 5, 12]) {
    for (const [x, y] of around(n, 6)) assert.ok(Math.abs(Math.hypot(x, y) - 95) < 0.2);
  }
  assert.deepEqual(around(0, 6), []);
});

test("nobody stands in the name below a seat", () => {
  for (const seats of [1, 2, 6, 12, 24]) {
    const places = around(60, seats);
    assert.equal(new Set(places.map(String)).size, 60, `${seats} seats leave room for all`);
    assert.deepEqual(places[0], [0, -95]);
    assert.equal(places.some(([x, y]) => Math.abs(x) < 20 && y > 0), seats % 2 === 1);
  }
});

test("an arc shows what is left of the whole, within its bounds", () => {
  assert.equal(arc(15_000, 30_000), 50);
  assert.equal(arc(45_000, 30_000), 100);
  assert.equal(arc(-1, 30_000), 0);
  assert.equal(arc(10, null), 0);
});

test("a seat's clock runs for as long as its rule says", () => {
  const rules = { grace_seconds: 60, away_seconds: 90 };
  const until = "2026-01-31T12:00:30.000Z";
  assert.equal(whole({ state: "offered", since: "2026-01-31T12:00:00.000Z", until }, rules), 30_000);
  assert.equal(whole({ state: "leaving", since: "2026-01-31T11:00:00.000Z", until }, rules), 60_000);
  assert.equal(whole({ state: "away", since: "2026-01-31T11:00:00.000Z", until }, rules), 90_000);
  assert.equal(whole({ state: "taken" }, rules), null);
});

test("a closed seat is not drawn", () => {
  assert.deepEqual(drawn([{ seat: 1, state: "closed" }, { seat: 2, state: "lent" }]).map(({ seat }) => seat), [2]);
});

test("time is the server's, and stands still where the debate does", () => {
  let local = 1_000_000;
  const clock = new Clock(() => local);
  clock.set("2026-01-31T12:00:00.000Z");
  local += 5_000;
  assert.equal(clock.left("2026-01-31T12:00:30.000Z"), 25_000);
  assert.equal(clock.left("2026-01-31T12:00:30.000Z", "2026-01-31T12:00:10.000Z"), 20_000);
  assert.equal(clock.left("2026-01-31T11:00:00.000Z"), 0);
});

test("what follows a debate is drawn at each change and every second, once there is a state", () => {
  const drawn = [];
  const on = {};
  const store = { state: null, watch: (watcher) => (on.change = watcher) };
  follow(store, { every: (ticker) => (on.second = ticker) }, ({ state, records }) => drawn.push([state, records]));
  on.second();
  assert.deepEqual(drawn, []);
  store.state = "live";
  on.change({ state: "live", records: null });
  on.second();
  assert.deepEqual(drawn, [["live", null], ["live", []]]);
});

test("a clock shows the second that has begun", () => {
  assert.equal(spoken(0), "0:00");
  assert.equal(spoken(1), "0:01");
  assert.equal(spoken(48_000), "0:48");
  assert.equal(spoken(3_725_000), "1:02:05");
});

test("the bar tells the time left, of the plan as it stands", () => {
  const clock = { left: (until, stopped) => Math.max(0, Date.parse(until) - Date.parse(stopped ?? "2026-01-31T12:10:00.000Z")) };
  const live = { phase: "live", starts_at: "2026-01-31T12:00:00.000Z", ends_at: "2026-01-31T13:00:00.000Z" };
  assert.equal(timeLeft(live, clock), "clock.left");
  assert.equal(timeLeft({ ...live, ends_at: "2026-01-31T12:00:00.000Z" }, clock), "clock.over");
  assert.equal(timeLeft({ ...live, phase: "archived" }, clock), "");
});

test("what is shown stands in the address, and anything else means everything", () => {
  assert.equal(showing("q12").question, 12);
  assert.equal(showing("tag:Keys").tag, "keys");
  assert.equal(showing("inner").name, "inner");
  for (const name of ["", null, undefined, "q0", "q", "tag:", "nonsense"]) assert.equal(showing(name).name, "");
});

test("a filter lets through what is meant and nothing else", () => {
  const { contributions, hashtags, you, meant } = JSON.parse(
    readFileSync(new URL("./showing_cases.json", import.meta.url), "utf8"),
  );
  for (const [name, numbers] of Object.entries(meant)) {
    const found = contributions.filter((one) => matches(showing(name), one, { you, hashtags }));
    assert.deepEqual(found.map((one) => one.contribution), numbers, name);
  }
});

test("replies stand in the order of their paths, as numbers", () => {
  const paths = ["12.10", "12.2", "12.2.1", "12.1", "12.1.3"];
  assert.deepEqual(paths.sort(byPath), ["12.1", "12.1.3", "12.2", "12.2.1", "12.10"]);
});

test("a name's letters are those of its words, not of its number", () => {
  assert.equal(initials("Blue Heron 41"), "BH");
  assert.equal(initials("Adwoa"), "A");
  assert.equal(initials("Ásdís Þóra Æ"), "ÁÆ");
  assert.equal(initials(undefined), "");
});

test("words are filled where there is a value, and counted ones take the language's form", () => {
  const says = words({ hi: "Hello {name}, {other}", "n.one": "{n} hand", "n.other": "{n} hands" }, "en");
  assert.equal(says.word("hi", { name: "$&" }), "Hello $&, {other}");
  assert.equal(says.counted("n", 1), "1 hand");
  assert.equal(says.counted("n", 0), "0 hands");
});

const state = (more = {}, debate = {}) => ({
  you: { person: "me", role: "participant" },
  debate: { phase: "live", frozen: false, door: "open", rules: { posting: "virtual", entry: "queue", exit: "make_room" }, ...debate },
  seats: [{ seat: 1, kind: "open", state: "free" }],
  hands: [],
  ...more,
});

test("nothing is offered that would be refused", () => {
  assert.equal(allowed(state()).post, true);
  assert.equal(allowed(state({ you: null })).post, false);
  assert.equal(allowed(state({ you: null })).join, true);
  assert.equal(allowed(state({ you: null }, { door: "shut" })).join, false);
  assert.equal(allowed(state({}, { frozen: true })).post, false);
  assert.equal(allowed(state({ you: { person: "c", role: "chair" } }, { phase: "paused" })).post, true);
  assert.equal(allowed(state({ you: { person: "o", role: "organiser" } })).post, false);
  assert.equal(allowed(state({}, { rules: { posting: "classic" } })).post, false);
  assert.equal(allowed(state({}, { phase: "paused" })).raise, false);
  assert.equal(allowed(state({}, { phase: "archived" })).withdraw, false);
});

test("a free seat is for whoever is first, or anybody where it may be claimed", () => {
  const free = { seat: 1, kind: "open", state: "free" };
  const other = [{ person: "other" }];
  assert.equal(allowed(state()).sit(free), true);
  assert.equal(allowed(state({ hands: other })).sit(free), false);
  assert.equal(allowed(state({ hands: other }, { rules: { entry: "claim" } })).sit(free), true);
  const seated = { seats: [{ seat: 2, kind: "open", state: "taken", person: "me" }] };
  assert.equal(allowed(state(seated)).sit(free), false);
  assert.equal(isFree({ kind: "reserved", state: "free", speaker: "s" }, "me"), false);
  assert.equal(isFree({ kind: "reserved", state: "lent", speaker: "s" }, "me"), true);
});

test("who cannot write is told why", () => {
  assert.equal(silence(state()), null);
  assert.equal(silence(state({ you: null })), "silence.onlooker");
  assert.equal(silence(state({}, { frozen: true })), "silence.frozen");
  assert.equal(silence(state({}, { phase: "lobby" })), "silence.lobby");
  assert.equal(silence(state({ you: null }, { phase: "archived" })), "silence.over");
});
