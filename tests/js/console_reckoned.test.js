/** What the console reckons of a debate's course. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { late, unanswered, voices } from "../../static/js/chair/reckoned.js";

const START = Date.parse("2026-01-31T12:00:00.000Z");
const after = (minutes) => START + minutes * 60_000;
const debate = { phase: "live", minutes: 60, ends_at: new Date(after(60)).toISOString() };
const asked = (focus) => [1, 2, 3, 4, 5].map((question) => ({ question, focus: question === focus }));

test("five minutes to open and ten for each: the next question starts when the one in focus has had its time", () => {
  assert.deepEqual(late({ debate, questions: asked(1) }, after(5), 0), { question: 2, minutes: 0 });
  assert.deepEqual(late({ debate, questions: asked(1) }, after(11), 0), { question: 2, minutes: 6 });
  assert.deepEqual(late({ debate, questions: asked(2) }, after(11), 60_000), { question: 3, minutes: -5 });
  assert.deepEqual(late({ debate, questions: asked(1) }, after(21), 16 * 60_000), { question: 2, minutes: 6 });
});

test("after the last question comes the wrap-up", () => {
  assert.deepEqual(late({ debate, questions: asked(5) }, after(49), 0), { question: null, minutes: 4 });
});

test("nothing is said without a question in focus, or when the debate is not live", () => {
  assert.equal(late({ debate, questions: asked(0) }, after(5), 0), null);
  assert.equal(late({ debate: { ...debate, phase: "paused" }, questions: asked(1) }, after(5), 0), null);
  assert.equal(late({ debate: { phase: "live", minutes: 60 }, questions: asked(1) }, after(5), 0), null);
});

const one = (contribution, circle, more = {}) => ({
  contribution, circle, status: "posted", at: new Date(START).toISOString(), ...more,
});

test("voices are counted inside and outside, and people by whether they were heard", () => {
  const contributions = [one(1, "inner"), one(2, "outer"), one(3, "outer"), one(4, "outer", { status: "hidden" })];
  const people = [
    { role: "chair", contributions: 9 },
    { role: "speaker", contributions: 2 },
    { role: "participant", contributions: 1 },
    { role: "participant", contributions: 0 },
  ];
  assert.deepEqual(voices({ contributions, people }), { inner: 1, outer: 2, heard: 2, people: 3, once: 1 });
});

test("what came from outside and got no answer in two minutes is unanswered; an answer itself is not", () => {
  const contributions = [
    one(1, "outer"), one(2, "inner"), one(3, "outer"), one(4, "inner", { reply_to: 3 }), one(5, "outer", { reply_to: 1 }),
    one(6, "outer", { status: "held" }), one(7, "outer"), one(8, "outer", { at: new Date(after(2)).toISOString() }),
  ];
  assert.deepEqual(unanswered({ contributions }, after(2)), [7]);
  assert.deepEqual(unanswered({ contributions }, after(1)), []);
});
