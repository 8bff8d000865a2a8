// What the composer and the floor know of texts: graphemes, pieces, links, markers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { address, pieces } from "../../static/js/entities.js";
import { clean, graphemes } from "../../static/js/graphemes.js";
import { markers } from "../../static/js/markers.js";

test("a character is what a reader sees: a family, a flag, an accent count once", () => {
  assert.equal(graphemes("👩‍👩‍👧"), 1);
  assert.equal(graphemes("🇬🇧🇩🇪"), 2);
  assert.equal(graphemes("e\u0301tude"), 5);
  assert.equal(graphemes(""), 0);
});

test("a text is stored trimmed, in NFC, with LF and without tabs; nothing else changes", () => {
  assert.equal(clean("  a\r\nb\rc\td e\u0301  "), "a\nb\nc d \u00e9");
  assert.equal(clean("two  spaces"), "two  spaces");
});

test("offsets count code points: an emoji before a hashtag shifts nothing", () => {
  const text = "👩‍👩‍👧 at #night, see a.org";
  const entities = {
    hashtags: [{ text: "night", start: 9, end: 15 }],
    links: [{ url: "a.org", start: 21, end: 26 }],
  };
  const cut = pieces(text, entities);
  assert.deepEqual(cut.map(({ kind, shown }) => [kind, shown]), [
    ["plain", "👩‍👩‍👧 at "],
    ["hashtag", "#night"],
    ["plain", ", see "],
    ["link", "a.org"],
  ]);
  assert.equal(cut.map(({ shown }) => shown).join(""), text);
});

test("of two that overlap one is drawn, and the text stays whole", () => {
  const cut = pieces("#q3 yes", {
    hashtags: [{ text: "q3", start: 0, end: 3 }],
    markers: [{ question: 3, start: 0, end: 3 }],
  });
  assert.equal(cut.length, 2);
  assert.equal(cut.map(({ shown }) => shown).join(""), "#q3 yes");
});

test("spans that lie outside the text are passed over", () => {
  const cut = pieces("short", { links: [{ url: "x.org", start: 3, end: 90 }] });
  assert.deepEqual(cut, [{ kind: "plain", shown: "short" }]);
});

test("a link leads to a web address or nowhere", () => {
  assert.equal(address("https://example.org/a?b=1"), "https://example.org/a?b=1");
  assert.equal(address("example.org/x"), "https://example.org/x");
  assert.equal(address("example.org:8080/x"), "https://example.org:8080/x");
  for (const bad of ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://"]) {
    assert.equal(address(bad), null, bad);
  }
});

test("markers are shown as a choice while typing: known questions, in order, each once", () => {
  const known = [1, 2, 3, 4, 5];
  assert.deepEqual(markers("Q3 because question 1, and #q3 again", known), [3, 1]);
  assert.deepEqual(markers("A2 yes", known), [2]);
  assert.deepEqual(markers("@Dan A2 yes", known), [2]);
  assert.deepEqual(markers("see #a4", known), [4]);
  assert.deepEqual(markers("Q9 is not ours", known), []);
});

test("what only looks like a marker is none", () => {
  const known = [1, 2, 3, 4, 5];
  for (const text of ["on A4 paper", "FAQ3", "seq3", "Q3a", "-q3", "q2.5", "a.q3", "q33"]) {
    assert.deepEqual(markers(text, known), [], text);
  }
});
