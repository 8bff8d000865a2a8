// What is typed into a form, kept in the tab.
import assert from "node:assert/strict";
import { test } from "node:test";

import { keepTyped } from "../../static/js/typed.js";

globalThis.FormData = class {
  #form;
  constructor(form) {
    this.#form = form;
  }
  *[Symbol.iterator]() {
    for (const [name, field] of Object.entries(this.#form.elements)) yield [name, field.value];
  }
};

function opened(fields, storage, options = {}) {
  const listeners = [];
  const elements = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));
  const form = { elements, addEventListener: (_, listener) => listeners.push(listener) };
  keepTyped(form, "key", { storage, ...options });
  return { type: (name, value) => ((elements[name].value = value), listeners.forEach((tell) => tell())), elements };
}

function tab() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test("what was typed is there again when the page is", () => {
  const storage = tab();
  opened({ title: "", time: "" }, storage).type("title", "Who?");
  assert.equal(opened({ title: "", time: "" }, storage).elements.title.value, "Who?");
  assert.equal(opened({ time: "", title: "" }, tab()).elements.title.value, "");
});

test("what came filled by the server is not typed over", () => {
  const storage = tab();
  opened({ title: "" }, storage).type("title", "Before");
  assert.equal(opened({ title: "After" }, storage, { filled: true }).elements.title.value, "After");
});

test("what was typed into a form of another filling is let go", () => {
  const storage = tab();
  opened({ was: "1", title: "One" }, storage).type("title", "Two");
  assert.equal(opened({ was: "1", title: "One" }, storage).elements.title.value, "Two");
  assert.equal(opened({ was: "2", title: "Three" }, storage).elements.title.value, "Three");
});
