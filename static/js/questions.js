/**
 * The bar of questions: how much was said under each, which is in focus, how long it still has.
 */

import { follow } from "./clock.js";
import { focusMinutes, minutesLeft, over } from "./ring.js";
import { keep, part } from "./parts.js";
import { said, tell } from "./said.js";
import { counted, word } from "./words.js";

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
        const { question, text, focus } = one;
        const told = soFar(one, clock);
        tell(part(element, "text"), text);
        return {
          self: { "data-question": question, "data-focus": focus },
          link: { href: `?show=q${question}`, title: `${said(text)} ${told}`, "aria-current": focus || null },
          number: `Q${question}`,
          focus,
          count: focus ? told : String(one.contributions),
          left: focus && !over(state.debate) ? minutesLeft(one, clock) : "",
        };
      },
    });
    const focus = store.focus?.question;
    if (focus && focus !== shown) center(list.querySelector("[data-focus]"), list.parentElement);
    shown = focus;
  });
}

/** What was said under a question so far, by how many, how long it was in focus, and what `more` there is to tell. */
export function soFar(question, clock, ...more) {
  return [
    counted("question.so_far", question.contributions),
    counted("people", question.people),
    counted("minutes", Math.round(focusMinutes(question, clock))),
    ...more,
  ].join(word("list.comma"));
}

/** Bring the question in focus into view, once it is drawn: without moving the focus, or the page. */
function center(element, bar) {
  const [box, inside] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
  bar.scrollBy({ left: (box.left + box.right - inside.left - inside.right) / 2 });
}
