/**
 * What lies before the newest two hundred: older contributions, the stage directions between, links into both.
 */

import { show } from "./parts.js";

const OPENING = new Set(["lobby", "live"]);
const PAGES = 10; // followed by a link to an old contribution before it is given up

export class Past {
  #store;
  #floor;
  #reading;
  #button;
  #snapshot;
  #records;

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
    store.watch(({ records }) => records === null && this.#offer());
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
    for (let page = 0; page < PAGES && !this.#floor.element(number); page += 1) {
      if (!(await this.#earlier())) return;
    }
    const element = this.#floor.element(number);
    if (!element) return;
    element.focus({ preventScroll: true });
    this.#reading.show(element, "center");
    element.classList.add("found");
    element.addEventListener("animationend", () => element.classList.remove("found"), { once: true });
  }

  /** Load what came before. False where there is nothing more. */
  async #earlier() {
    const first = this.#store.state.contributions[0];
    if (!first || first.contribution === 1) return false;
    const older = await this.#snapshot({ before: first.contribution }).catch(() => null);
    if (!older?.contributions.length) return false;
    const fresh = this.#store.prepend(older.contributions);
    this.#floor.place(fresh.map((contribution) => ({ contribution })));
    this.#offer();
    return true;
  }

  #offer() {
    show(this.#button, (this.#store.state.contributions[0]?.contribution ?? 1) > 1);
  }
}
