/**
 * The head of the console: where the debate stands, what it may move to, how long it has, pause and freeze.
 *
 * Shows what the store says; moving anywhere that ends something asks first, in the page's words.
 */

import { RUNNING } from "../allowed.js";
import { ask } from "../ask.js";
import { spoken } from "../clock.js";
import { timeLeft } from "../lines.js";
import { at, fill, mark, put, show } from "../parts.js";
import { over } from "../ring.js";
import { word } from "../words.js";
import { asked, may, moves, track } from "./phases.js";
import { keepRows } from "./rows.js";

export function head({ store, clock, acts }) {
  const [pause, freeze] = ["pause", "freeze"].map(at);
  const phaseNow = () => store.state.debate.phase;

  /** Move to `phase`, having asked where that ends something. */
  const move = async (phase) => {
    if (asked(phase) && !(await ask(at(`ask-${phase}`)))) return;
    const said = word("chair.moved", { phase: word(`chair.step.${phase}`) });
    await acts.give({ do: "move_to", phase }, said);
  };

  const showTrack = (phase, steers) =>
    keepRows(at("track"), track(phase), {
      home: at("floor-title"),
      key: "phase",
      blank: "step",
      fill(step, _, row) {
        const button = row.firstElementChild;
        const now = step.is === "now";
        const open = steers && step.open && moves(phase).includes(step.phase);
        button.dataset.phase = step.phase;
        put(button, word(`chair.step.${now ? phase : step.phase}`));
        mark(button, { "aria-disabled": !open || null, "aria-current": now ? "step" : null });
        return { self: { "data-is": step.is } };
      },
    });

  const time = (debate) => {
    const { phase, archive_at: archived, ends_at: ends, stopped_since: stopped } = debate;
    if (phase === "correction" && archived) return word("chair.until_archive", { time: spoken(clock.left(archived)) });
    const past = (stopped ? Date.parse(stopped) : clock.now()) - Date.parse(ends);
    const told = past > 0 && (RUNNING.has(phase) || phase === "paused");
    return told ? word("chair.time_over", { time: spoken(past) }) : timeLeft(debate, clock);
  };
  const tick = () => store.state && put(at("time-left"), time(store.state.debate));

  const here = {
    freeze() {
      if (!may("freeze", phaseNow())) return;
      const on = !store.state.debate.frozen;
      acts.give({ do: "freeze", on }, word(on ? "chair.frozen" : "chair.thawed"));
    },

    show({ debate, you }) {
      const { phase, frozen } = debate;
      const steers = you?.role === "chair";
      mark(document.body, { "data-phase": phase, "data-frozen": frozen });
      showTrack(phase, steers);
      show(pause, steers && (phase === "live" || phase === "paused"));
      put(pause, word(phase === "paused" ? "chair.resume" : "chair.pause"));
      show(freeze, may("freeze", phase));
      mark(freeze, { "aria-pressed": frozen });
      fill(freeze, { said: word(frozen ? "chair.thaw" : "chair.freeze") });
      show(at("transcript"), over(debate));
      show(at("change-rules"), steers && may("rules", phase));
      show(at("sum-up"), steers && may("summary", phase));
      tick();
    },
  };

  at("track").addEventListener("click", ({ target }) => {
    const step = target.closest("button:not([aria-disabled])");
    if (step) move(step.dataset.phase);
  });
  at("track").addEventListener("focusin", ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" }));
  pause.addEventListener("click", () => move(phaseNow() === "paused" ? "live" : "paused"));
  freeze.addEventListener("click", here.freeze);
  clock.every(tick);
  return here;
}
