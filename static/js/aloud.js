/**
 * What is said aloud: one hidden log for screen readers, at most one short line every few seconds.
 *
 * The floor itself is no live region: it would read every word of everybody. The reader chooses how much is told,
 * and this browser remembers it: what the circle says by its beginning and of the rest how much ("speakers"),
 * everybody's beginnings ("everything"), only how much ("counts"), or nothing ("off"). Stage directions come at
 * every level but the last, as they are, the latest.
 */

import { direction } from "./direction.js";
import { keep, kept } from "./kept.js";
import { counted, word } from "./words.js";

const EVERY = 5; // seconds
const LONG = 90; // characters of a contribution
const BEHIND = 3; // contributions that wait to be told; older ones are only counted
const GONE = new Set(["contribution.hidden", "contribution.withdrawn"]);
const LINES = 20; // kept, so that one can go back in it
const LEVEL = "fishbowl.aloud"; // what this browser remembers

export class Aloud {
  #log;
  #choice;
  #store;
  #waiting = [];
  #uncounted = 0;
  #told = null;
  #seconds = 0;

  /** `log`: where lines are put; `choice`: holds a radio button for each level, one of them checked. */
  constructor({ log, choice, store, clock }) {
    this.#log = log;
    this.#choice = choice;
    this.#store = store;
    const level = kept(LEVEL);
    for (const one of choice.querySelectorAll("input")) if (one.value === level) one.checked = true;
    choice.addEventListener("change", () => {
      keep(LEVEL, this.#level);
      this.#forget();
    });
    store.watch(({ records }) => {
      this.#hear(records ?? []);
      if (!records || records.some(({ type }) => GONE.has(type))) this.#unsay();
    });
    clock.every(() => this.#tick());
  }

  get #level() {
    return this.#choice.querySelector(":checked").value;
  }

  #forget() {
    this.#waiting = [];
    this.#uncounted = 0;
    this.#told = null;
  }

  #hear(records) {
    const level = this.#level;
    if (level === "off") return;
    for (const record of records) {
      if (record.type !== "contribution.posted") this.#told = direction(record) ?? this.#told;
      else if (record.author.person === this.#store.state.you?.person) continue;
      else if (record.text && (level === "everything" || (level === "speakers" && record.circle === "inner"))) {
        this.#waiting.push(record);
      } else this.#uncounted += 1;
    }
    this.#uncounted += this.#waiting.splice(0, this.#waiting.length - BEHIND).length;
  }

  /** What was hidden or withdrawn since stands here no more, said or still to be said. */
  #unsay() {
    const stands = (number) => this.#store.contribution(number)?.status === "posted";
    this.#waiting = this.#waiting.filter(({ contribution }) => stands(contribution));
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
   * The most telling thing there is; the rest becomes a count or waits for the next line. `says`: the contribution
   * whose words are in it.
   */
  #next() {
    const told = this.#told;
    if (told) {
      this.#told = null;
      return { line: told };
    }
    const n = this.#uncounted;
    this.#uncounted = 0;
    const first = this.#waiting.shift();
    if (!first) return { line: n ? counted("aloud.new", n) : null };
    const text = first.text.length > LONG ? `${first.text.slice(0, LONG)} …` : first.text;
    const line = word("aloud.inner", { name: first.author.name, text });
    return { line: n ? `${line} ${counted("aloud.more", n)}` : line, says: first.contribution };
  }
}
