/**
 * Closed rounds as the chair begins them: who is of the group, what it is called. Loaded when somebody asks for it.
 *
 * Whoever has a hand up stands first; nobody is chosen beforehand.
 */

import { ask } from "../ask.js";
import { spoken } from "../clock.js";
import { at, fill, keep, part } from "../parts.js";
import { counted, word } from "../words.js";
import { sitters } from "./facts.js";

export function rounds({ store, acts }) {
  const [dialog, title, rows] = ["rounds", "round-title", "round-people"].map(at);
  const boxes = () => [...rows.querySelectorAll("input")];
  const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);

  const about = ({ person, seated, affiliation }, waiting) =>
    [affiliation, waiting.has(person) && word("chair.hand_up"), seated ? counted("chair.sat", seated) : word("chair.first_time")]
      .filter(Boolean)
      .join(", ");

  const draw = () => {
    const { state } = store;
    const waiting = new Set(state.hands.map(({ person }) => person));
    keep(rows, sitters(state, true), {
      key: "person",
      blank: "round-row",
      fill(one, _, row) {
        part(row, "box").value = one.person;
        return { name: one.name ?? word("somebody"), about: about(one, waiting) };
      },
    });
  };

  dialog.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "start" || chosen().length) return;
    event.preventDefault();
    fill(dialog, { wrong: word("chair.round.nobody") });
    (boxes()[0] ?? title).focus();
  });
  rows.addEventListener("change", () => fill(dialog, { wrong: null }));
  store.watch(() => dialog.open && draw());
  title.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());

  return {
    /** Ask who is of it, and begin. */
    async begin() {
      const { round_seconds: length } = store.state.debate.rules;
      const time = spoken(length * 1000);
      fill(dialog, { wrong: null, said: length ? word("chair.round.swap", { time }) : word("chair.round.open") });
      title.value = "";
      draw();
      for (const box of boxes()) box.checked = false;
      if (!(await ask(dialog))) return;
      const named = title.value.trim();
      const command = { do: "start_round", people: chosen(), ...(named && { title: named }) };
      await acts.give(command, word("chair.round.started"));
    },
  };
}
