/**
 * The head of the console: where the debate stands, what it may move to, how long it has, pause and freeze.
 *
 * Shows what the store says; moving anywhere that ends something asks first, in the page's words.
 */

import { ask } from "../ask.js";
import { spoken } from "../clock.js";
import { timeLeft } from "../lines.js";
import { blank, mark, part, put, show } from "../parts.js";
import { word } from "../words.js";
import { asked, may, moves, track } from "./phases.js";
import { keepRows } from "./rows.js";

const STEPS = {
  draft: "chair.step.draft",
  announced: "chair.step.announced",
  lobby: "chair.step.lobby",
  live: "chair.step.live",
  wrap_up: "chair.step.wrap_up",
  correction: "chair.step.correction",
  archived: "chair.step.archived",
};

const CIRCLE = new Set(["lobby", "live", "paused", "wrap_up"]);

const element = (id) => document.getElementById(id);

export class Head {
  #store;
  #clock;
  #acts;
  #steers = false;

  constructor({ store, clock, acts }) {
    this.#store = store;
    this.#clock = clock;
    this.#acts = acts;
    element("track").addEventListener("click", (event) => {
      const step = event.target.closest("button");
      if (step?.dataset.phase && step.getAttribute("aria-disabled") !== "true") this.move(step.dataset.phase);
    });
    element("pause").addEventListener("click", () => this.move(this.#phase === "paused" ? "live" : "paused"));
    element("freeze").addEventListener("click", () => this.freeze());
    clock.every(() => this.#tick());
  }

  get #phase() {
    return this.#store.state.debate.phase;
  }

  /** Move to `phase`, having asked where that ends something. */
  async move(phase) {
    if (asked(phase) && !(await ask(element(`ask-${phase}`)))) return;
    const said = word("chair.moved", { phase: word(STEPS[phase] ?? "chair.step.paused") });
    await this.#acts.give({ do: "move_to", phase }, said);
  }

  freeze() {
    if (!may("freeze", this.#phase)) return;
    const on = !this.#store.state.debate.frozen;
    this.#acts.give({ do: "freeze", on }, word(on ? "chair.frozen" : "chair.thawed"));
  }

  show({ debate, you }) {
    this.#steers = you?.role === "chair";
    document.body.dataset.phase = debate.phase;
    mark(document.body, "data-frozen", debate.frozen);
    this.#showTrack(debate.phase);
    const pause = element("pause");
    const pausing = debate.phase === "live" || debate.phase === "paused";
    show(pause, this.#steers && pausing);
    put(pause, word(debate.phase === "paused" ? "chair.resume" : "chair.pause"));
    const freeze = element("freeze");
    show(freeze, may("freeze", debate.phase));
    mark(freeze, "aria-pressed", String(debate.frozen));
    put(part(freeze, "said"), word(debate.frozen ? "chair.thaw" : "chair.freeze"));
    show(element("transcript"), debate.phase === "correction" || debate.phase === "archived");
    this.#tick();
  }

  #showTrack(phase) {
    keepRows(element("track"), track(phase), {
      home: element("floor-title"),
      key: (step) => step.phase,
      make: () => blank("step"),
      fill: (row, step) => {
        const button = row.firstElementChild;
        const paused = step.is === "now" && phase === "paused";
        row.dataset.is = step.is;
        button.dataset.phase = step.phase;
        put(button, word(paused ? "chair.step.paused" : STEPS[step.phase]));
        const open = this.#steers && step.open && moves(phase).includes(step.phase);
        mark(button, "aria-disabled", open ? null : "true");
        mark(button, "aria-current", step.is === "now" ? "step" : null);
      },
    });
  }

  #tick() {
    const debate = this.#store.state?.debate;
    if (!debate) return;
    put(element("time-left"), this.#time(debate));
  }

  #time(debate) {
    if (debate.phase === "correction" && debate.archive_at) {
      return word("chair.until_archive", { time: spoken(this.#clock.left(debate.archive_at)) });
    }
    if (!debate.ends_at || !CIRCLE.has(debate.phase)) return timeLeft(debate, this.#clock);
    const now = debate.stopped_since ? Date.parse(debate.stopped_since) : this.#clock.now();
    const over = now - Date.parse(debate.ends_at);
    return over > 0 ? word("chair.time_over", { time: spoken(over) }) : timeLeft(debate, this.#clock);
  }
}
