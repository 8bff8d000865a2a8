/**
 * Names that wait for the moderators: who is called what, and would like to be called what.
 *
 * Shows what the store says; nothing is shown, and its part of the room is gone, where no name waits.
 */

import { initials } from "../contribution.js";
import { at, fill, mark, part } from "../parts.js";
import { counted, word } from "../words.js";
import { may } from "./phases.js";
import { giveWay, keepRows } from "./rows.js";

export function names({ store, acts }) {
  const [block, list, home] = ["names-waiting", "names-rows", "people-title"].map(at);

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const person = store.person(button?.closest("li")?.dataset.key);
    if (!person) return;
    const told = { name: person.asked_name };
    if (button.dataset.act === "take") acts.give({ do: "release_name", person: person.person }, word("chair.name_taken", told));
    else acts.give({ do: "refuse_name", person: person.person }, word("chair.name_refused", told));
  });

  return {
    show({ people, debate }) {
      const waiting = people.filter((one) => one.asked_name && may("release", debate.phase));
      giveWay(block, waiting.length > 0, home);
      fill(block, { title: waiting.length ? counted("chair.names_wait", waiting.length) : null });
      keepRows(list, waiting, {
        home,
        key: "person",
        blank: "name-row",
        fill({ name, asked_name: asked }, _, row) {
          for (const act of ["take", "refuse"]) {
            const button = part(row, act);
            mark(button, { "aria-label": `${button.textContent.trim()}: ${asked}` });
          }
          return { dot: initials(asked), name: asked, about: word("chair.now_called", { name: name ?? word("somebody") }) };
        },
      });
    },
  };
}
