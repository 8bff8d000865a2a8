/** The chair's keys: one act each, never while typing, never with a modifier, none when switched off. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { actOf, KEYS } from "../../static/js/chair/keys.js";

const key = (key, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });
const here = { typing: false, inList: false, on: true };

test("every listed key has one act, and no key two", () => {
  const single = KEYS.filter(([, letter]) => letter.length === 1);
  assert.equal(new Set(single.map(([, letter]) => letter)).size, single.length);
  for (const [act, letter] of single) assert.equal(actOf(key(letter), here).act, act);
});

test("1 to 9 tag with that question, 0 with none", () => {
  assert.deepEqual(actOf(key("7"), here), { act: "tag", question: 7 });
  assert.deepEqual(actOf(key("0"), here), { act: "untag" });
});

test("Shift and a digit puts a question beside the others, wherever the digits lie on the keyboard", () => {
  const shifted = key("#", { code: "Digit3", shiftKey: true });
  assert.deepEqual(actOf(shifted, here), { act: "tag", question: 3, add: true });
  assert.equal(actOf(key("\"", { code: "Digit3" }), here), null);
});

test("capitals do the same, since Caps Lock is nobody's intention", () => {
  assert.deepEqual(actOf(key("H"), here), { act: "hide" });
});

test("a key with a modifier is the browser's", () => {
  for (const modifier of ["ctrlKey", "altKey", "metaKey"]) {
    assert.equal(actOf(key("f", { [modifier]: true }), here), null);
  }
});

test("while somebody types every key is theirs", () => {
  for (const [, letter] of KEYS) assert.equal(actOf(key(letter), { ...here, typing: true }), null);
});

test("switched off, no single key does anything; arrows in the list still walk it", () => {
  const off = { ...here, on: false };
  assert.equal(actOf(key("h"), off), null);
  assert.equal(actOf(key("3"), off), null);
  assert.deepEqual(actOf(key("ArrowDown"), { ...off, inList: true }), { act: "down" });
});

test("arrows outside the list are left to what has the focus", () => {
  assert.equal(actOf(key("ArrowDown"), here), null);
});

test("other keys do nothing", () => {
  for (const other of ["Enter", "Tab", " ", "x", "Escape"]) assert.equal(actOf(key(other), here), null);
});
