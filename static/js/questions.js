/**
 * The bar of questions: how much was said under each, which is in focus, how long it still has.
 */

import { follow } from "./clock.js";
import { minutesLeft, over } from "./ring.js";
import { keep, part } from "./parts.js";
import { said, tell } from "./said.js";
import { counted } from "./words.js";

/** Keep `list` in step. */
export function questions({ list, store, clock }) {
  let shown = null; // the question that was brought into view when it came into focus
  // Browsers leave half of a question outside the bar when it gets the focus.
  list.addEventListener("focusin", ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" }));
  follow(store, clock, ({ state }) => {
    keep(list, state.questions, {
      key: "question",
      blank: "question",
      fill(one, _, element) {
        const { question, text, focus, contributions: n } = one;
        tell(part(element, "text"), text);
        return {
          self: { "data-question": question, "data-focus": focus },
          link: { href: `?show=q${question}`, title: said(text), "aria-current": focus || null },
          number: `Q${question}`,
          focus,
          count: focus ? counted("question.so_far", n) : String(n),
          left: focus && !over(state.debate) ? minutesLeft(one, clock) : "",
        };
      },
    });
    const focus = store.focus?.question;
    if (focus && focus !== shown) center(list.querySelector("[data-focus]"), list.parentElement);
    shown = focus;
  });
}

/** Bring the question in focus into view, once it is drawn: without moving the focus, or the page. */
function center(element, bar) {
  const [box, inside] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollBy({ left: (box.left + box.right - inside.left - inside.right) / 2 });
}
