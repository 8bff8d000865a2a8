/** What is pasted into the set-up page, and the plan it makes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { pastedQuestions, pastedSpeakers } from "../../static/js/pasted.js";
import { plan } from "../../static/js/plan.js";

const cases = JSON.parse(readFileSync(new URL("./pasted_cases.json", import.meta.url), "utf8"));

for (const one of [...cases.questions, ...cases.minutes]) {
  test(`questions: ${one.rule}`, () => assert.deepEqual(pastedQuestions(one.text), one.questions));
}
for (const one of cases.speakers) {
  test(`speakers: ${one.rule}`, () => assert.deepEqual(pastedSpeakers(one.text), one.speakers));
}
const some = (count, minutes) => Array.from({ length: count }, () => (minutes ? { text: "Why?", minutes } : { text: "Why?" }));

test("five questions in an hour get ten minutes each, and fit", () => {
  const made = plan(60, some(5));
  assert.deepEqual(made.questions, [10, 10, 10, 10, 10]);
  assert.equal(made.total, 60);
  assert.equal(made.verdict, "fits");
});

test("seven questions in an hour are tight, and nothing is added that is not there", () => {
  const made = plan(60, some(7));
  assert.equal(made.verdict, "tight");
  assert.deepEqual(made.questions, [7, 7, 7, 7, 7, 7, 7]);
  assert.equal(made.spare, 1);
});

test("questions with minutes of their own keep them; the others share what is left", () => {
  const made = plan(60, [{ text: "a", minutes: 20 }, { text: "b" }, { text: "c" }]);
  assert.deepEqual(made.questions, [20, 15, 15]);
  assert.equal(made.verdict, "fits");
});

test("more minutes than there are do not fit, and by how many is said", () => {
  const made = plan(60, some(6, 10));
  assert.equal(made.verdict, "over");
  assert.equal(made.spare, -10);
});

test("a question left without a single minute does not fit, although the sum does", () => {
  const made = plan(30, [{ text: "a", minutes: 20 }, { text: "b" }]);
  assert.equal(made.verdict, "over");
});

test("exactly full fits", () => assert.equal(plan(60, some(5, 10)).verdict, "fits"));

test("without a question there is no verdict", () => assert.equal(plan(60, []).verdict, "none"));
