/**
 * The bar of questions: how much was said under each, which is in focus, how long it still has.
 */

import { follow } from "./clock.js";
import { minutesLeft, over } from "./ring.js";
import { blank, keep, mark, part, show, write } from "./parts.js";
import { said, tell } from "./said.js";
import { counted } from "./words.js";

/** Keep `list` in step. */
export function questions({ list, store, clock }) {
  let shown = null; // the question that was brought into view when it came into focus
  // Browsers leave half of a question outside the bar when it gets the focus.
  list.addEventListener("focusin", ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" }));
  follow(store, clock, ({ state }) => {
    keep(list, state.questions, {
      key: (question) => question.question,
      make: () => blank("question"),
      fill: (element, question) => fill(element, question, state, clock),
    });
    const focus = store.focus?.question;
    if (focus && focus !== shown) center(list.querySelector("[data-focus]"), list.parentElement);
    shown = focus;
  });
}

function fill(element, one, { debate }, clock) {
  const { question, text, focus, contributions: n } = one;
  element.dataset.question = question;
  element.toggleAttribute("data-focus", focus);
  const link = part(element, "link");
  link.href = `?show=q${question}`;
  link.title = said(text);
  mark(link, "aria-current", focus ? "true" : null);
  tell(part(element, "text"), text);
  show(part(element, "focus"), focus);
  write(element, {
    number: `Q${question}`,
    count: focus ? counted("question.so_far", n) : String(n),
    left: focus && !over(debate) ? minutesLeft(one, clock) : "",
  });
}

/** Bring the question in focus into view, once it is drawn: without moving the focus, or the page. */
function center(element, bar) {
  const [box, inside] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollBy({ left: (box.left + box.right - inside.left - inside.right) / 2 });
}
