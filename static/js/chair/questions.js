/**
 * The questions as the chair steers by them: counts, minutes used, the one in focus. Shows what the store says.
 */

import { spoken } from "../clock.js";
import { at, fill, mark, part, put } from "../parts.js";
import { said, tell } from "../said.js";
import { counted, word } from "../words.js";
import { neighbours, questionTime } from "./facts.js";
import { may } from "./phases.js";
import { giveWay, keepRows, rowOf } from "./rows.js";

export function questions({ store, stream, clock, acts }) {
  const [list, home, add] = ["questions", "questions-title", "add-question"].map(at);

  const steers = (what) => {
    const { you, debate } = store.state;
    return you?.role === "chair" && may(what, debate.phase);
  };

  /** Bring `question` into focus, or none (null). */
  const focus = (question) => {
    if (!steers("focus")) return;
    acts.give({ do: "focus", question }, question ? word("chair.focused", { question }) : word("chair.unfocused"));
  };
  const step = (to) => {
    const question = neighbours(store.state)[to];
    if (question) focus(question.question);
  };

  const fillTime = (row, question) => {
    const { used, left, share } = questionTime(question, clock);
    const minutes = counted("chair.minutes", Math.floor(used / 60_000));
    const { contributions, people } = question;
    mark(row, { "data-over": left !== null && left < 0 });
    fill(row, { counts: used ? word("chair.counts", { contributions, people, minutes }) : String(contributions) });
    fill(row, { counts: { title: word("chair.counts.whole", { contributions, people, minutes }) } });
    part(row, "bar").style.setProperty("--share", String(share));
  };

  const tick = () => {
    for (const question of store.state.questions) {
      const row = rowOf(list, question.question);
      if (row) fillTime(row, question);
    }
    const { question, left } = store.focus ? { ...store.focus, ...questionTime(store.focus, clock) } : { left: null };
    const key = left < 0 ? "chair.focus_over" : "chair.focus_left";
    put(at("focus-left"), left === null ? "" : word(key, { question, time: spoken(Math.abs(left)) }));
  };

  let form = null; // it is loaded when a question is first written
  const write = async (number) => {
    form ??= (await import("./rewording.js")).rewording({ store, stream, acts, list, add });
    form.write(number);
  };

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const number = Number(button?.closest("li")?.dataset.key);
    if (!number) return;
    if (button.dataset.act === "edit") write(number);
    else if (!store.question(number).focus) focus(number);
  });
  const [next, back, none] = ["next", "back", "no-focus"].map(at);
  next.addEventListener("click", () => step("next"));
  back.addEventListener("click", () => step("back"));
  none.addEventListener("click", () => focus(null));
  add.addEventListener("click", () => write(null));
  clock.every(() => store.state && tick());

  return {
    next: () => step("next"),
    back: () => step("back"),

    show(state) {
      keepRows(list, state.questions, {
        home,
        key: "question",
        blank: "question-row",
        fill(question, _, row) {
          const { question: number, focus, text } = question;
          tell(part(row, "text"), text);
          fillTime(row, question);
          return {
            self: { "data-focus": focus },
            focus: { "aria-pressed": focus, "aria-disabled": !steers("focus") || null, title: said(text) },
            number: `Q${number}`,
            which: ` Q${number}`,
            edit: steers("questions"),
          };
        },
      });
      const beside = neighbours(state);
      const offer = (button, question, key) => {
        giveWay(button, question && steers("focus"), home);
        if (question) fill(button, { said: word(key, question) });
      };
      offer(next, beside.next, "chair.next");
      offer(back, beside.back, "chair.back");
      giveWay(none, steers("focus") && store.focus, home);
      giveWay(add, steers("questions"), home);
      form?.show(state);
      tick();
    },
  };
}
