/** What the console draws from the store's state. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  circle, everybody, moving, neighbours, openAgain, questionTime, retagged, seatActs, seatFree, sitters, stepped, unsure,
} from "../../static/js/chair/facts.js";

const seat = (number, state, more = {}) => ({ seat: number, kind: "open", state, ...more });
const state = {
  seats: [
    seat(1, "taken", { kind: "reserved", person: "a" }),
    seat(2, "away", { kind: "reserved", person: "b" }),
    seat(3, "leaving", { person: "c" }),
    seat(4, "offered", { person: "d" }),
    seat(5, "closed"),
  ],
  hands: [{ person: "z" }, { person: "d" }],
  people: [
    { person: "a", name: "Adaeze", role: "speaker", seat: 1 },
    { person: "m", name: "Moderator", role: "moderator" },
    { person: "e", name: "Émile", role: "participant" },
    { person: "d", name: "Dan", role: "participant" },
    { person: "z", name: "Zoe", role: "participant" },
  ],
};

test("who leaves or is away still holds a seat; an offered one is not held, a closed one does not count", () => {
  assert.deepEqual(circle(state), { held: 3, seats: 4 });
});

test("every state of a seat has its acts, and none that would be refused", () => {
  assert.deepEqual(seatActs(seat(1, "taken")), ["free"]);
  assert.deepEqual(seatActs(seat(1, "leaving")), ["extend", "free"]);
  assert.deepEqual(seatActs(seat(1, "away")), ["extend", "free"]);
  assert.deepEqual(seatActs(seat(1, "offered")), ["extend", "take_back"]);
  assert.deepEqual(seatActs(seat(1, "free")), ["invite", "close"]);
  assert.deepEqual(seatActs(seat(1, "lent", { kind: "reserved" })), ["invite", "close"]);
  assert.deepEqual(seatActs(seat(1, "free", { kind: "reserved" })), ["close"]);
  assert.deepEqual(seatActs(seat(1, "closed")), ["open"]);
});

test("a closed seat opens again as what it was", () => {
  assert.deepEqual(openAgain(seat(5, "closed")), { do: "open_seat", kind: "open" });
  assert.deepEqual(
    openAgain(seat(2, "closed", { kind: "reserved", speaker: "b" })),
    { do: "open_seat", kind: "reserved", person: "b" },
  );
});

test("a seat kept for a speaker is free for nobody else; a lent one is", () => {
  assert.equal(seatFree({ seats: [seat(1, "free", { kind: "reserved" }), seat(2, "taken")] }), false);
  assert.equal(seatFree({ seats: [seat(1, "lent", { kind: "reserved" })] }), true);
  assert.equal(seatFree({ seats: [seat(1, "free")] }), true);
});

test("those with a hand up come first, in their order, then the rest by name; who sits or moderates is not asked", () => {
  assert.deepEqual(sitters(state).map((person) => person.name), ["Zoe", "Dan", "Émile"]);
});

test("everybody: backstage, the circle, the rest by name in any script; the store's own list stays as it was", () => {
  assert.deepEqual(everybody(state).map((person) => person.name), ["Moderator", "Adaeze", "Dan", "Émile", "Zoe"]);
  assert.equal(state.people[0].name, "Adaeze");
});

test("next and back go by the order of questions; before the first there is only a next", () => {
  const questions = [1, 2, 3].map((question) => ({ question, focus: question === 2 }));
  assert.equal(neighbours({ questions }).next.question, 3);
  assert.equal(neighbours({ questions }).back.question, 1);
  const none = questions.map((one) => ({ ...one, focus: false }));
  assert.equal(neighbours({ questions: none }).next.question, 1);
  assert.equal(neighbours({ questions: none }).back, null);
  const last = questions.map((one) => ({ ...one, focus: one.question === 3 }));
  assert.equal(neighbours({ questions: last }).next, null);
});

test("a key tags with that question alone; with Shift it is put beside the others, or taken away", () => {
  const tagged = { tags: [{ question: 2 }, { question: 4 }] };
  assert.deepEqual(retagged(tagged, 6, false), [6]);
  assert.deepEqual(retagged(tagged, 6, true), [2, 4, 6]);
  assert.deepEqual(retagged(tagged, 4, true), [2]);
});

test("stepping stops at both ends, and starts at the newest", () => {
  const list = [{ contribution: 3 }, { contribution: 7 }, { contribution: 9 }];
  assert.equal(stepped(list, null, -1).contribution, 9);
  assert.equal(stepped(list, 9, -1).contribution, 7);
  assert.equal(stepped(list, 9, 1).contribution, 9);
  assert.equal(stepped(list, 3, -1).contribution, 3);
  assert.equal(stepped([], null, 1), null);
});

const at = (now) => ({ now: () => now });

test("a question's time runs on while it is in focus, and stands otherwise", () => {
  const asked = { focus_seconds: 120, minutes: 10 };
  assert.deepEqual(questionTime(asked, at(0)), { used: 120_000, left: 480_000, share: 0.2 });
  const now = Date.parse("2026-01-31T12:01:00.000Z");
  const running = questionTime({ ...asked, since: "2026-01-31T12:00:00.000Z" }, at(now));
  assert.equal(running.used, 180_000);
  assert.equal(running.left, 420_000);
});

test("beyond its minutes a question is over by how much, and its bar no longer than full", () => {
  const late = questionTime({ focus_seconds: 700, minutes: 10 }, at(0));
  assert.equal(late.left, -100_000);
  assert.equal(late.share, 1);
});

test("a question without minutes has none left to count", () => {
  assert.equal(questionTime({ focus_seconds: 60 }, at(0)).left, null);
});

const said = (contribution, source, more = {}) => ({
  contribution, status: "posted", tags: source ? [{ question: 1, source, confidence: 0.5 }] : [], ...more,
});

test("guesses come likenesses first, the least sure before the surer; somebody's word and no tag are none", () => {
  const sure = (n) => ({ tags: [{ question: 1, source: "similar", confidence: n }] });
  const contributions = [
    said(1, "focus"), said(2, "similar", sure(0.7)), said(3, "author"), said(4, "thread"), said(5, null),
    said(6, "similar", sure(0.55)), said(7, "similar", sure(0.9)), said(8, "similar", { status: "hidden" }), said(9, "chair"),
  ];
  assert.deepEqual(unsure({ contributions }), [6, 2, 1]);
  assert.deepEqual(unsure({ contributions: [] }), []);
});

test("a thread moves down to where somebody's word holds it, and nothing below that", () => {
  const contributions = [
    said(1, "marker"), said(2, "thread", { reply_to: 1 }), said(3, "author", { reply_to: 1 }), said(4, null, { reply_to: 2 }),
    said(5, "thread", { reply_to: 3 }), said(6, "focus"),
  ];
  assert.deepEqual(moving({ contributions }, 1).map((one) => one.contribution), [2, 4]);
  assert.deepEqual(moving({ contributions }, 6), []);
});
