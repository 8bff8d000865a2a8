/** What the replay shows at a time, from the transcript's JSON alone. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { countUpTo, later, neighbour, sceneAt, track } from "../../static/js/replay.js";

const time = (seconds) => new Date(Date.UTC(2026, 0, 31, 19) + 1000 * seconds).toISOString();
const at = (seconds) => Date.parse(time(seconds));

const TRANSCRIPT = {
  at: time(7200),
  debate: { started_at: time(0), ended_at: time(3600) },
  people: [{ person: "s1", role: "speaker", seat: 1 }],
  questions: [{ question: 1, text: "Why?" }],
  sittings: [
    { seat: 1, person: "s1", name: "Ada", role: "speaker", since: time(-60), until: time(100) },
    { seat: 2, person: "p1", name: "Heron", role: "participant", since: time(50) },
  ],
  directions: [
    { event: "phase.moved", phase: "live", at: time(0) },
    { event: "question.focused", question: 1, at: time(10) },
    { event: "announcement.made", text: "Soon over.", at: time(60) },
    { event: "seat.opened", seat: 3, at: time(70) },
    { event: "question.focused", at: time(80) },
    { event: "phase.moved", phase: "correction", at: time(3600) },
  ],
  contributions: [
    { contribution: 2, at: time(40), path: "1.1", reply_to: 1 },
    { contribution: 1, at: time(20), path: "1" },
    { contribution: 3, at: time(2000), path: "3" },
  ],
};

test("seats fill and empty", () => {
  const stage = track(TRANSCRIPT);
  const names = (seconds) => [...sceneAt(stage, at(seconds)).seats].map(([seat, one]) => [seat, one?.name ?? null]);
  assert.deepEqual(names(0), [[1, "Ada"], [2, null], [3, null]]);
  assert.deepEqual(names(50), [[1, "Ada"], [2, "Heron"], [3, null]]);
  assert.deepEqual(names(100), [[1, null], [2, "Heron"], [3, null]]);
});

test("questions move, the phase too, and the last announcement stays", () => {
  const stage = track(TRANSCRIPT);
  const told = (seconds) => {
    const { focus, phase, announced } = sceneAt(stage, at(seconds));
    return [focus, phase, announced?.text ?? null];
  };
  assert.deepEqual(told(0), [null, "live", null]);
  assert.deepEqual(told(10), [1, "live", null]);
  assert.deepEqual(told(79), [1, "live", "Soon over."]);
  assert.deepEqual(told(80), [null, "live", "Soon over."]);
  assert.deepEqual(told(3600), [null, "correction", "Soon over."]);
});

test("contributions come in order of time, each at its own", () => {
  const stage = track(TRANSCRIPT);
  assert.deepEqual(stage.contributions.map((one) => one.contribution), [1, 2, 3]);
  const said = [19, 20, 39, 40, 1999, 2000].map((seconds) => countUpTo(stage.contributions, at(seconds)));
  assert.deepEqual(said, [0, 1, 1, 2, 2, 3]);
});

test("it begins with the debate and ends with it", () => {
  const stage = track(TRANSCRIPT);
  assert.deepEqual([stage.start, stage.end], [at(0), at(3600)]);
  assert.equal(neighbour(stage, at(20), true), at(40));
  assert.equal(neighbour(stage, at(20), false), at(10));
  assert.equal(neighbour(stage, at(3600), true), at(3600));
  assert.equal(neighbour(stage, at(0), false), at(0));
});

test("long gaps are passed over, and nothing in them", () => {
  const stage = track(TRANSCRIPT);
  assert.equal(later(stage, at(20), 100, 10), at(21));
  const over = later(stage, at(101), 100, 10);
  assert.ok(over > at(1900) && over < at(2000), new Date(over).toISOString());
  assert.equal(later(stage, at(3599), 1000, 10), at(3600));
  let now = stage.start;
  let seen = 0;
  while (now < stage.end) {
    now = later(stage, now, 16, 30);
    const said = sceneAt(stage, now).said;
    assert.ok(said - seen <= 1);
    seen = said;
  }
  assert.equal(seen, 3);
});

test("a debate in which nothing was said can be played", () => {
  const empty = track({ ...TRANSCRIPT, contributions: [], directions: [], sittings: [], debate: {} });
  assert.ok(empty.end > empty.start);
  assert.equal(sceneAt(empty, empty.start).said, 0);
  assert.equal(later(empty, empty.start, 16, 30), empty.end);
});
