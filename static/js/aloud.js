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
const GONE = new Set(["contribution.hidden", "contribution.withdrawn"]);
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
    store.watch(({ records }) => {
      this.#hear(records ?? []);
      if (!records || records.some(({ type }) => GONE.has(type))) this.#unsay();
    });
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

  /** What was hidden or withdrawn since stands here no more, said or still to be said. */
  #unsay() {
    const stands = (number) => this.#store.contribution(number)?.status === "posted";
    this.#inner = this.#inner.filter(({ contribution }) => stands(contribution));
    for (const entry of this.#log.querySelectorAll("[data-says]")) {
      if (!stands(Number(entry.dataset.says))) entry.remove();
    }
  }

  #tick() {
    this.#seconds += 1;
    if (this.#seconds < EVERY) return;
    const { line, says } = this.#next();
    if (!line) return;
    this.#seconds = 0;
    const entry = document.createElement("p");
    entry.textContent = line;
    if (says) entry.dataset.says = says;
    this.#log.append(entry);
    while (this.#log.childElementCount > LINES) this.#log.firstElementChild.remove();
  }

  /**
   * The most telling thing of the last seconds; the rest becomes a count or waits for the next line. `says`: the
   * contribution whose words are in it.
   */
  #next() {
    const told = this.#told;
    if (told) {
      this.#told = null;
      return { line: told };
    }
    const n = this.#inner.length + this.#outer;
    const last = this.#inner.at(-1);
    this.#inner = [];
    this.#outer = 0;
    if (!last) return { line: n ? counted("aloud.new", n) : null };
    const text = last.text.length > LONG ? `${last.text.slice(0, LONG)} …` : last.text;
    const line = word("aloud.inner", { name: last.author.name, text });
    const more = n > 1 ? ` ${counted("aloud.more", n - 1)}` : "";
    return { line: line + more, says: last.contribution };
  }
}
