/**
 * Who waits at the door, how long, and letting them in or turning them away.
 *
 * Shows what the store says; nothing is shown, and its part of the room is gone, where nobody waits.
 */

import { spoken } from "../clock.js";
import { initials } from "../contribution.js";
import { at, fill, mark, part, put } from "../parts.js";
import { counted, word } from "../words.js";
import { may } from "./phases.js";
import { giveWay, keepRows } from "./rows.js";

export function door({ store, clock, acts }) {
  const [block, list, badge, home] = ["at-door", "at-door-rows", "door-badge", "door-title"].map(at);

  const admit = (one, on) => {
    if (!one) return;
    const name = one.name ?? word("somebody");
    acts.give({ do: "admit", person: one.person, on }, word(on ? "chair.let_in" : "chair.turned_away", { name }));
  };

  /** Who waits, as long as they can be let in. */
  const waiting = ({ waiting: all = [], debate }) => (may("admit", debate.phase) ? all : []);

  const here = {
    /** Let in, or turn away, whoever waits longest. */
    admitFirst: (on) => admit(waiting(store.state)[0], on),

    show(state) {
      const all = waiting(state);
      giveWay(block, all.length > 0, home);
      put(badge, all.length || "");
      fill(block, { title: all.length ? counted("chair.at_door", all.length) : null });
      keepRows(list, all, {
        home,
        key: "person",
        blank: "door-row",
        fill({ name, at: since }, _, row) {
          for (const act of ["let_in", "turn_away"]) {
            const button = part(row, act);
            mark(button, { "aria-label": `${button.textContent.trim()}: ${name ?? word("somebody")}` });
          }
          const time = spoken(Math.max(0, clock.now() - Date.parse(since)));
          return { dot: initials(name), name: name ?? word("somebody"), about: word("chair.at_door.since", { time }) };
        },
      });
    },
  };

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const key = button?.closest("li")?.dataset.key;
    if (key) admit(store.state.waiting.find(({ person }) => person === key), button.dataset.act === "let_in");
  });
  clock.every(() => store.state?.waiting?.length && here.show(store.state));
  return here;
}
