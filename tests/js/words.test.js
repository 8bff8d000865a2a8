// What scripts say, in the languages there are: plural forms, counts, texts in several languages.
import assert from "node:assert/strict";
import { test } from "node:test";

import { said, tell } from "../../static/js/said.js";
import { words } from "../../static/js/words.js";

const WELSH = {
  "n.zero": "{n} cyfraniad", "n.one": "{n} cyfraniad", "n.two": "{n} gyfraniad",
  "n.few": "{n} chyfraniad", "n.many": "{n} chyfraniad", "n.other": "{n} cyfraniad",
};

test("a number finds its form in Welsh, which has six", () => {
  const says = words(WELSH, "cy");
  const told = [0, 1, 2, 3, 4, 6, 7].map((n) => says.counted("n", n));
  assert.deepEqual(told, [
    "0 cyfraniad", "1 cyfraniad", "2 gyfraniad", "3 chyfraniad", "4 cyfraniad", "6 chyfraniad", "7 cyfraniad",
  ]);
});

test("a count is written as the language does, a name of a thing as it is", () => {
  const sentences = { "n.other": "{n}", seat: "{seat}" };
  for (const [language, written] of [["en", "1,500"], ["de", "1.500"], ["cy", "1,500"]]) {
    const says = words(sentences, language);
    assert.equal(says.counted("n", 1500), written);
    assert.equal(says.word("seat", { seat: 1500 }), "1500");
  }
});

/** An element of a page in German, of a debate in English. */
function element() {
  globalThis.document = { documentElement: { lang: "de" }, body: { dataset: { language: "en" } } };
  const attributes = new Map();
  return {
    textContent: "",
    getAttribute: (name) => attributes.get(name) ?? null,
    setAttribute: (name, value) => attributes.set(name, value),
    removeAttribute: (name) => attributes.delete(name),
  };
}

test("a text is told in the page's language, and marked where it is in another", () => {
  const told = (words) => {
    const one = element();
    tell(one, words);
    assert.equal(one.textContent, said(words));
    return [one.textContent, one.getAttribute("lang")];
  };
  assert.deepEqual(told({ en: "Pond", de: "Teich" }), ["Teich", null]);
  assert.deepEqual(told({ en: "Pond", cy: "Pwll" }), ["Pond", "en"]);
  assert.deepEqual(told({ cy: "Pwll" }), ["Pwll", "cy"]);
  assert.deepEqual(told({ en: "Hashtag", de: "Hashtag" }), ["Hashtag", null]);
  assert.deepEqual(told("Pond"), ["Pond", "en"]);
  delete globalThis.document;
});
