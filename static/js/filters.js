/**
 * The choice of what is shown: links in a bar, the choice in the address.
 *
 * A click on a question, a hashtag or a tag anywhere on the page leads here too: they are links to `?show=`.
 */

import { blank, keep, mark, put, show, write } from "./parts.js";
import { said } from "./said.js";
import { focusMinutes } from "./ring.js";
import { counted, word } from "./words.js";

/**
 * `bar`: the links; `shown`: where it is told what of the debate is being shown. Returns the function that shows
 * what the address says.
 */
export function filters({ bar, shown, store, clock, floor }) {
  const [everything, inner, mine] = [...bar.querySelectorAll("[data-show]")].map((element) => ({
    name: element.dataset.show,
    text: element.textContent,
    element,
  }));
  const draw = () => {
    const { kind, name: chosen, question, tag } = floor.show;
    const more = new Map();
    if (store.focus) more.set(`q${store.focus.question}`, `Q${store.focus.question}`);
    if (kind === "question") more.set(chosen, `Q${question}`);
    if (kind === "tag") more.set(chosen, `#${tag}`);
    keep(bar, [everything, inner, ...[...more].map(([name, text]) => ({ name, text })), mine], {
      key: (filter) => filter.name,
      make: (filter) => filter.element ?? blank("filter"),
      fill: (element, { name, text }) => {
        element.dataset.show = name;
        element.href = name ? `?show=${encodeURIComponent(name)}` : "?";
        put(element, text);
        mark(element, "aria-current", chosen === name ? "true" : null);
      },
    });
    show(mine.element, store.state.you);
    const meant = store.question(question);
    show(shown, meant);
    if (meant) write(shown, { title: `Q${question}  ${said(meant.text)}`, said: soFar(meant, store, clock) });
  };
  const follow = () => {
    floor.filter(new URLSearchParams(location.search).get("show") ?? "");
    draw();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="?"]');
    if (!link || !store.state || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.search !== location.search) history.pushState(null, "", link.search || location.pathname);
    follow();
  });
  addEventListener("popstate", follow);
  store.watch(draw);
  return follow;
}

/** What was said under a question so far, by how many, how long it was in focus. */
function soFar(question, { state: { contributions } }, clock) {
  const minutes = Math.round(focusMinutes(question, clock));
  const told = [counted("contributions", question.contributions), counted("people", question.people)];
  if (minutes) told.push(counted("minutes", minutes));
  // Left out where older ones are not here to count.
  const whole = !(contributions[0]?.contribution > 1);
  const under = ({ tags }) => tags.some((tag) => tag.question === question.question);
  const meant = (one) => one.highlighted && one.status === "posted" && under(one);
  const highlighted = whole ? contributions.filter(meant).length : 0;
  if (highlighted) told.push(counted("highlighted", highlighted));
  return told.join(word("list.comma"));
}
