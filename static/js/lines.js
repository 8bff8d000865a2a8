/**
 * The lines across the debate page: the connection, the phase, the chair's announcement, what went wrong. And the
 * debate's clock in the bar.
 */

import { spoken } from "./clock.js";
import { ConnectionLine } from "./connection.js";
import { act, mark, part, put, show } from "./parts.js";
import { day } from "./when.js";
import { word } from "./words.js";

/** Phases that need a word of explanation, with whether the transcript is there to read. */
const EXPLAINED = { paused: false, wrap_up: false, correction: true, archived: true };

export class Lines {
  #page;
  #store;
  #clock;
  #putAway = null;

  constructor({ page, store, clock, stream }) {
    this.#page = page;
    this.#store = store;
    this.#clock = clock;
    new ConnectionLine({ line: this.#line("connection"), stream });
    act(this.#line("failed"), "put_away").addEventListener("click", () => show(this.#line("failed"), false));
    act(this.#line("announcement"), "put_away").addEventListener("click", () => {
      this.#putAway = this.#store.state.announcement?.at;
      this.#draw();
    });
    store.watch(() => this.#draw());
    clock.every(() => store.state && this.#tick());
  }

  /** Say what went wrong, until it is put away. */
  failed(sentence) {
    put(part(this.#line("failed"), "said"), sentence);
    show(this.#line("failed"), true);
  }

  #line(id) {
    return this.#page.querySelector(`#${id}`);
  }

  #draw() {
    const { debate, announcement } = this.#store.state;
    this.#phase(debate);
    const line = this.#line("announcement");
    const over = debate.phase === "correction" || debate.phase === "archived";
    show(line, announcement?.text && announcement.at !== this.#putAway && !over);
    put(part(line, "said"), announcement?.text ?? "");
    this.#tick();
  }

  #phase({ phase, frozen }) {
    const bar = this.#page.querySelector("#phase");
    mark(bar, "data-phase", frozen ? "frozen" : phase);
    put(part(bar, "phase"), word(frozen ? "bar.frozen" : `bar.${phase}`));
    const line = this.#line("phase-line");
    const key = frozen && phase !== "paused" ? "frozen" : phase;
    show(line, key === "frozen" || key in EXPLAINED);
    if (key === "frozen" || key in EXPLAINED) put(part(line, "said"), word(`explained.${key}`));
    show(part(line, "link"), EXPLAINED[key]);
  }

  #tick() {
    const { debate } = this.#store.state;
    put(part(this.#page.querySelector("#phase"), "clock"), timeLeft(debate, this.#clock));
  }
}

/** What the bar says of the time: how long until the start, how much is left, how far over. */
export function timeLeft(debate, clock) {
  const { phase, starts_at: starts, ends_at: ends, stopped_since: stopped } = debate;
  if (phase === "lobby" && !debate.started_at) {
    const left = clock.left(starts);
    if (left > 12 * 3_600_000) return day(starts);
    return left ? word("clock.starts_in", { time: spoken(left) }) : word("clock.soon");
  }
  if (!["lobby", "live", "paused", "wrap_up"].includes(phase) || !ends) return "";
  const left = clock.left(ends, stopped);
  return left ? word("clock.left", { time: spoken(left) }) : word("clock.over");
}
