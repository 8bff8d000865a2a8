/**
 * What lies before the newest two hundred: older contributions, the stage directions between, links into both.
 */

import { show } from "./parts.js";

const OPENING = new Set(["lobby", "live"]);
const PAGE = 200; // contributions in an answer

export class Past {
  #store;
  #floor;
  #reading;
  #button;
  #snapshot;
  #records;
  #last = 0; // the number of the last contribution in a list that does not end with the newest

  /** `snapshot(query)` and `records(query)` as in server.js. */
  constructor({ store, floor, reading, button, snapshot, records }) {
    this.#store = store;
    this.#floor = floor;
    this.#reading = reading;
    this.#button = button;
    this.#snapshot = snapshot;
    this.#records = records;
    button.addEventListener("click", () => this.#earlier());
    addEventListener("hashchange", () => this.toHash());
    store.watch(() => this.#offer());
  }

  /** Tell the stage directions of the time that is shown. They are extra: without them the page is whole. */
  async recall() {
    const first = this.#store.state.contributions[0];
    const since = first && first.contribution > 1 ? first.seq : 0;
    const page = await this.#records({ since, limit: 1000 }).catch(() => null);
    if (!page) return;
    // How the debate was set up is nobody's stage direction: they begin with its first phase that has a circle.
    const opened = since ? 0 : page.records.findIndex((one) => one.type === "phase.moved" && OPENING.has(one.phase));
    const known = page.records.slice(Math.max(0, opened)).filter((record) => record.seq <= this.#store.state.seq);
    this.#floor.recall(known);
  }

  /** Go to the contribution the address names. False where it names none. */
  toHash() {
    const number = Number(/^#c([1-9][0-9]*)$/.exec(location.hash)?.[1]);
    if (!number) return false;
    this.#go(number);
    return true;
  }

  async #go(number) {
    const element = this.#floor.element(number) ?? (await this.#open(number));
    if (!element) return;
    this.#floor.reveal(element);
    element.focus({ preventScroll: true });
    this.#reading.show(element, "center");
    element.classList.add("found");
    element.addEventListener("animationend", () => element.classList.remove("found"), { once: true });
  }

  /** Show what stands around a contribution that is not in the list. Its element, if there is one. */
  async #open(number) {
    const around = await this.#load(number + PAGE / 2);
    if (!around.some((one) => one.contribution === number)) return undefined;
    this.#floor.showOnly(around);
    this.#goOn(around);
    return this.#floor.element(number);
  }

  /** Put in what comes after the list's end, where that is not the newest. Returns the elements. */
  async later() {
    const after = (await this.#load(this.#last + PAGE + 1)).filter((one) => one.contribution > this.#last);
    if (!after.length) return [];
    const placed = this.#floor.place(after.map((contribution) => ({ contribution })));
    this.#goOn(after);
    return placed;
  }

  /** The list ends with `shown`: the rest of what there is waits, and more between may have to be loaded. */
  #goOn(shown) {
    this.#last = shown.at(-1).contribution;
    const { contributions } = this.#store.state;
    const waiting = contributions.filter((one) => one.contribution > this.#last);
    const between = Math.max(0, (waiting[0]?.contribution ?? 0) - this.#last - 1);
    this.#reading.wait(waiting.map((contribution) => ({ contribution })), between);
    this.#offer();
  }

  /** Put in what came before, and what answers it. */
  async #earlier() {
    const { first } = this.#floor;
    const older = await this.#load(first);
    const numbers = new Set(older.map((one) => one.contribution));
    const answers = this.#store.state.contributions.filter((one) => one.contribution >= first && numbers.has(one.root));
    this.#floor.place([...older, ...answers].map((contribution) => ({ contribution })));
    this.#offer();
  }

  /** The contributions before `number`, as the store has them; none where they cannot be had. */
  async #load(number) {
    const page = await this.#snapshot({ before: number }).catch(() => null);
    this.#store.prepend(page?.contributions ?? []);
    return (page?.contributions ?? []).map((one) => this.#store.contribution(one.contribution));
  }

  #offer() {
    show(this.#button, this.#floor.first > 1 && this.#floor.first < Infinity);
  }
}
