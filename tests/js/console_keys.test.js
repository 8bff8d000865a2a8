/** The chair's keys: one act each, never while typing, never with a modifier, none when switched off; any changed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { actOf, chosen, KEYS, keysWith } from "../../static/js/chair/keys.js";

const key = (key, more = {}) => ({ key, ctrlKey: false, altKey: false, metaKey: false, ...more });
const here = { typing: false, inList: false, on: true, keys: KEYS };

test("every listed key has one act, and no key two", () => {
  const single = Object.entries(KEYS).filter(([, letter]) => letter.length === 1);
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
  for (const letter of Object.values(KEYS)) assert.equal(actOf(key(letter), { ...here, typing: true }), null);
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
  for (const other of ["Enter", "Tab", " ", ";", "Escape"]) assert.equal(actOf(key(other), here), null);
});

test("a key of the chair's own does it, and the one it came with no more", () => {
  const own = { ...here, keys: keysWith({ hide: ";" }) };
  assert.deepEqual(actOf(key(";"), own), { act: "hide" });
  assert.equal(actOf(key("h"), own), null);
  assert.deepEqual(actOf(key("l"), own), { act: "highlight" });
});

test("one key is switched off without the others, the digits too", () => {
  const own = { ...here, keys: keysWith({ freeze: "", tag: "" }) };
  assert.equal(actOf(key("f"), own), null);
  assert.equal(actOf(key("3"), own), null);
  assert.equal(actOf(key("#", { code: "Digit3", shiftKey: true }), own), null);
  assert.deepEqual(actOf(key("0"), own), { act: "untag" });
});

test("what is typed over a key is its last letter, in any script, or none", () => {
  assert.deepEqual(chosen(KEYS, "hide", "Hé"), { key: "é" });
  assert.deepEqual(chosen(KEYS, "hide", "й"), { key: "й" });
  assert.deepEqual(chosen(KEYS, "hide", "H"), { key: "h" });
  for (const none of ["", " "]) assert.deepEqual(chosen(KEYS, "hide", none), { key: "" });
});

test("a key that has an act is not given to another, and digits stay the questions'", () => {
  assert.deepEqual(chosen(KEYS, "hide", "L"), { taken: "highlight" });
  assert.deepEqual(chosen(keysWith({ tag: "" }), "hide", "4"), { taken: "tag" });
  assert.deepEqual(chosen(keysWith({ highlight: "" }), "hide", "l"), { key: "l" });
});

test("whatever a browser remembers, no key has two acts and no act is made up", () => {
  assert.deepEqual(keysWith({}), KEYS);
  assert.deepEqual(keysWith({ shout: "y", toString: "y", hide: 7 }), KEYS);
  assert.equal(keysWith({ hide: "l" }).hide, "");
  const swapped = keysWith({ hide: "l", highlight: "h" });
  assert.deepEqual([swapped.hide, swapped.highlight], ["l", "h"]);
  const twice = keysWith({ hide: ";", reply: ";" });
  assert.deepEqual([twice.hide, twice.reply], [";", ""]);
});
