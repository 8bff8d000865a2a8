/**
 * The line of hands beside the ring, and how many are here.
 */

import { allowed } from "./allowed.js";
import { at, fill, keep, put, show } from "./parts.js";
import { over } from "./ring.js";
import { counted, word } from "./words.js";

/** Keep both in step. */
export function hands({ store }) {
  const section = at("hands").parentElement;
  store.watch(({ state }) => {
    const { hands, you, debate, online } = state;
    const may = allowed(state);
    const raisable = debate.phase === "lobby" || debate.phase === "live";
    const idle = !hands.length && !(may.raise || may.lower || may.leave);
    keep(at("hands"), hands, {
      key: "person",
      blank: "hand",
      fill({ person, name, first, seated }, place) {
        const own = person === you?.person;
        return {
          self: { "data-own": own },
          place: String(place + 1),
          name: own ? word("hand.you", { name }) : (name ?? word("somebody")),
          about: first ? word("hand.speaker") : seated ? "" : word("hand.first_time"),
        };
      },
    });
    show(section, !over(debate) && (raisable || !idle));
    show(at("no-hands"), !hands.length && raisable);
    fill(section, { self: { "data-idle": idle }, "hands-count": String(hands.length || "") });
    put(at("here"), counted("here", online));
  });
}
