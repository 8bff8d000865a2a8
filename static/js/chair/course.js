/**
 * How the debate goes, in a few lines below the questions: pace, balance, what nobody answered; and after ninety minutes
 * at the console a word on being relieved.
 */

import { keep, kept } from "../kept.js";
import { at, put, show } from "../parts.js";
import { slug } from "../server.js";
import { counted, number, word } from "../words.js";
import { questionTime } from "./facts.js";
import { late, unanswered, voices } from "./reckoned.js";
import { giveWay } from "./rows.js";

const SHIFT = 90 * 60_000;
const SINCE = `fishbowl.console.since.${slug}`; // when somebody sat down at this console, and until when they go on
const AWAY = 6 * 3_600_000; // a mark older than that is another evening's

/** `read`: the floor, where what is unanswered is chosen. */
export function course({ store, clock, read }) {
  const [pace, balance, open, relief] = ["pace", "balance", "unanswered", "relief"].map(at);

  /** The time by which clocks count: they may stand still. */
  const now = () => Date.parse(store.state.debate.stopped_since) || clock.now();

  const paceSaid = (state) => {
    const focus = store.focus;
    const found = focus && late(state, now(), questionTime(focus, clock).used);
    if (!found) return "";
    const name = found.question ? `Q${found.question}` : word("chair.course.wrap_up");
    if (!found.minutes) return word("chair.course.on_time", { question: name });
    const key = found.minutes > 0 ? "chair.course.late" : "chair.course.early";
    return word(key, { question: name, time: counted("chair.minutes", Math.abs(found.minutes)) });
  };

  const isDue = () => {
    const since = Number(kept(SINCE));
    if (!since || clock.now() - since > AWAY) keep(SINCE, String(clock.now()));
    return since > 0 && clock.now() - since >= SHIFT;
  };

  const draw = () => {
    const { state } = store;
    if (!state) return;
    const said = paceSaid(state);
    show(pace, said);
    put(pace, said);
    const told = voices(state);
    show(balance, told.inner + told.outer);
    put(balance, word("chair.course.voices", Object.fromEntries(Object.entries(told).map(([name, n]) => [name, number(n)]))));
    const { length } = unanswered(state, clock.now());
    giveWay(open, length > 0, at("questions-title"));
    if (length) put(open.firstElementChild, counted("chair.course.unanswered", length));
    show(relief, isDue());
  };

  const here = {
    show: draw,

    /** Choose what has waited longest for an answer; from there on the one after it, around to the first. */
    next() {
      const all = unanswered(store.state, clock.now());
      const after = all.indexOf(read.chosen?.contribution) + 1;
      if (all.length) read.choose(all[after % all.length]);
    },
  };

  open.addEventListener("click", here.next);
  relief.querySelector("button").addEventListener("click", () => {
    keep(SINCE, String(clock.now()));
    giveWay(relief, false, at("questions-title"));
  });
  clock.every(draw);
  return here;
}
