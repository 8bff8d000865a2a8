/** Taking back: what undoes what, in which order, for how long. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Undo, UNDO_FOR, undoing } from "../../static/js/chair/undo.js";

const before = { questions: [2, 4], focus: 3, place: 5 };

test("each act that can be undone is undone by the command that puts back what stood before", () => {
  assert.deepEqual(undoing({ do: "hide", contribution: 14, reason: "spam" }, before), { do: "restore", contribution: 14 });
  assert.deepEqual(undoing({ do: "restore", contribution: 14 }, before), { do: "hide", contribution: 14 });
  assert.deepEqual(undoing({ do: "tag", contribution: 14, questions: [6] }, before), [{ do: "tag", contribution: 14, questions: [2, 4] }]);
  assert.deepEqual(undoing({ do: "focus", question: 4 }, before), { do: "focus", question: 3 });
  assert.deepEqual(undoing({ do: "focus", question: 1 }, { ...before, focus: null }), { do: "focus", question: null });
  assert.deepEqual(undoing({ do: "highlight", contribution: 14, on: true }, before), { do: "highlight", contribution: 14, on: false });
  assert.deepEqual(undoing({ do: "move_question", question: 2, to: 1 }, before), { do: "move_question", question: 2, to: 5 });
  assert.deepEqual(undoing({ do: "freeze", on: true }, before), { do: "freeze", on: false });
});

test("a contribution that had no tag has none again", () => {
  assert.deepEqual(undoing({ do: "tag", contribution: 1, questions: [6] }, { questions: [] })[0].questions, []);
});

test("what everybody has already heard or lost cannot be undone", () => {
  for (const act of ["announce", "move_to", "post", "drop_question", "free_seat", "seat", "close_seat", "extend"]) {
    assert.equal(undoing({ do: act }, before), null, act);
  }
});

test("the latest act is undone first, each once, and none after ten seconds", () => {
  const undo = new Undo();
  undo.remember({ do: "restore", contribution: 1 }, "Hidden: 1", 0);
  undo.remember({ do: "restore", contribution: 2 }, "Hidden: 2", 4_000);
  assert.equal(undo.take(5_000).undo.contribution, 2);
  assert.equal(undo.latest(5_000).undo.contribution, 1);
  assert.equal(undo.latest(UNDO_FOR), null);
  assert.equal(undo.take(UNDO_FOR + 1), null);
});

test("an act done later is still there when an earlier one has run out", () => {
  const undo = new Undo();
  undo.remember({ do: "freeze", on: false }, "Frozen", 0);
  undo.remember({ do: "focus", question: 1 }, "Moved to Q2", 9_000);
  assert.equal(undo.latest(UNDO_FOR + 1).said, "Moved to Q2");
});

test("an act that was refused cannot be taken back, and the one before it can", () => {
  const undo = new Undo();
  undo.remember({ do: "restore", contribution: 1 }, "Hidden: 1", 0);
  undo.forget(undo.remember({ do: "restore", contribution: 2 }, "Hidden: 2", 0));
  assert.equal(undo.take(1).undo.contribution, 1);
  assert.equal(undo.take(1), null);
});

test("a reply that stood elsewhere than what it answers goes back to where it stood", () => {
  const apart = [{ contribution: 15, questions: [3] }];
  assert.deepEqual(undoing({ do: "tag", contribution: 14, questions: [6] }, { questions: [2], apart }), [
    { do: "tag", contribution: 14, questions: [2] },
    { do: "tag", contribution: 15, questions: [3], thread: false },
  ]);
});
