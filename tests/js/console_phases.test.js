/** The moves and acts a chair is offered, against RULES' table written out by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, may, moves, ORDER, track } from "../../static/js/chair/phases.js";

const ALLOWED = [
  "draft announced", "draft lobby", "draft live", "announced draft", "announced lobby", "announced live",
  "lobby announced", "lobby live", "live lobby", "live paused", "live wrap_up", "paused live", "paused wrap_up",
  "wrap_up live", "wrap_up correction", "correction archived",
];

test("exactly the moves of the rules are offered", () => {
  const phases = [...ORDER, "paused"];
  for (const from of phases) {
    for (const to of phases) {
      assert.equal(moves(from).includes(to), ALLOWED.includes(`${from} ${to}`), `${from} -> ${to}`);
    }
  }
});

test("wrapping up, correcting and archiving are asked once; pausing and going live are not", () => {
  assert.deepEqual([...ORDER, "paused"].filter(asked), ["wrap_up", "correction", "archived"]);
});

test("four steps are shown, the present one among them, whatever the phase", () => {
  for (const phase of [...ORDER, "paused"]) {
    const steps = track(phase);
    assert.equal(steps.length, 4);
    assert.equal(steps.filter((step) => step.is === "now").length, 1);
    assert.ok(steps.every((step) => step.is !== "now" || step.phase === (phase === "paused" ? "live" : phase)));
  }
});

test("while paused the debate stands at live, and live is open to move to", () => {
  const now = track("paused").find((step) => step.is === "now");
  assert.equal(now.phase, "live");
  assert.equal(now.open, true);
});

test("while live, lobby and wrap-up are open, correction is not", () => {
  const open = track("live").filter((step) => step.open).map((step) => step.phase);
  assert.deepEqual(open, ["lobby", "wrap_up"]);
});

test("a chair posts in the lobby and while paused, but not before or after", () => {
  const posting = [...ORDER, "paused"].filter((phase) => may("post", phase)).sort();
  assert.deepEqual(posting, ["live", "lobby", "paused", "wrap_up"]);
});

test("tags are set until the end of correction, seats until the end of wrap-up", () => {
  assert.equal(may("tag", "correction"), true);
  assert.equal(may("tag", "archived"), false);
  assert.equal(may("tag", "announced"), false);
  assert.equal(may("seats", "wrap_up"), true);
  assert.equal(may("seats", "correction"), false);
});

test("an act nobody knows is not offered", () => assert.equal(may("carry_out", "live"), false));
