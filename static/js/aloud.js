/**
 * What is said aloud: one hidden log for screen readers, at most one short line every few seconds.
 *
 * The floor itself is no live region: it would read every word of everybody. Inner contributions are named
 * with their beginning, others counted; stage directions come as they are, the latest.
 */

import { direction } from "./direction.js";
import { counted, word } from "./words.js";

const EVERY = 5; // seconds
const LONG = 90; // characters of a contribution
const LINES = 20; // kept, so that one can go back in it

export class Aloud {
  #log;
  #store;
  #inner = [];
  #outer = 0;
  #told = null;
  #seconds = 0;

  constructor({ log, store, clock }) {
    this.#log = log;
    this.#store = store;
    store.watch(({ records }) => this.#hear(records ?? []));
    clock.every(() => this.#tick());
  }

  #hear(records) {
    for (const record of records) {
      if (record.type !== "contribution.posted") this.#told = direction(record) ?? this.#told;
      else if (record.author.person === this.#store.state.you?.person) continue;
      else if (record.circle === "inner" && record.text) this.#inner.push(record);
      else this.#outer += 1;
    }
  }

  #tick() {
    this.#seconds += 1;
    if (this.#seconds < EVERY) return;
    const line = this.#line();
    if (!line) return;
    this.#seconds = 0;
    const entry = document.createElement("p");
    entry.textContent = line;
    this.#log.append(entry);
    while (this.#log.childElementCount > LINES) this.#log.firstElementChild.remove();
  }

  /** The most telling thing of the last seconds; the rest becomes a count or waits for the next line. */
  #line() {
    const told = this.#told;
    if (told) {
      this.#told = null;
      return told;
    }
    const n = this.#inner.length + this.#outer;
    const last = this.#inner.at(-1);
    this.#inner = [];
    this.#outer = 0;
    if (!last) return n ? counted("aloud.new", n) : null;
    const text = last.text.length > LONG ? `${last.text.slice(0, LONG)} …` : last.text;
    const line = word("aloud.inner", { name: last.author.name, text });
    return n > 1 ? `${line} ${counted("aloud.more", n - 1)}` : line;
  }
}
