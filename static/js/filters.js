/**
 * The choice of what is shown: links in a bar, the choice in the address.
 *
 * A click on a question, a hashtag or a tag anywhere on the page leads here too: they are links to `?show=`. Loaded
 * with the first of them.
 */

import { fill, keep, mark, put, show } from "./parts.js";
import { said } from "./said.js";
import { soFar } from "./questions.js";
import { matches, showing } from "./showing.js";
import { counted } from "./words.js";

/**
 * `bar`: the links; `shown`: where it is told what of the debate is being shown; `list`: of what. Returns
 * `follow(link)`: show what its address says.
 */
export function filters({ bar, shown, list, store, clock, floor }) {
  let wanted = showing("");
  const always = Array.from(bar.querySelectorAll("[data-always]"), ({ dataset: { key: name }, textContent: text }) => ({
    name,
    text,
  }));
  const mine = always.pop();
  const draw = () => {
    const { name: chosen, question, tag } = wanted;
    const numbers = [...new Set([store.focus?.question, question])].filter(Boolean);
    const between = numbers.map((number) => ({ name: `q${number}`, text: `Q${number}` }));
    if (tag) between.push({ name: chosen, text: `#${tag}` });
    keep(bar, [...always, ...between, ...(store.state.you ? [mine] : [])], {
      key: "name",
      blank: "filter",
      fill({ name, text }, _, element) {
        put(element, text);
        const href = name ? `?show=${encodeURIComponent(name)}` : "?";
        return { self: { href, "aria-current": chosen === name || null } };
      },
    });
    const meant = store.question(question);
    show(shown, meant);
    if (!meant) return;
    const title = `Q${question}  ${said(meant.text)}`;
    fill(shown, { title, said: soFar(meant, clock, ...highlighted(question, store)), summary: meant.summary ?? null });
  };
  const look = () => {
    wanted = showing(new URLSearchParams(location.search).get("show"));
    const { hashtags } = store.state.debate;
    const meant = (contribution) => matches(wanted, contribution, { you: store.state.you?.person, hashtags });
    mark(list, { "data-show": wanted.name || null });
    floor.filter(wanted.name ? meant : null);
    draw();
  };
  addEventListener("popstate", look);
  store.watch(draw);
  look();
  return ({ search }) => {
    if (search !== location.search) history.pushState(null, "", search || location.pathname);
    look();
  };
}

/** How many contributions under a question are highlighted, if any; left out where older ones are not here to count. */
function highlighted(question, { state: { contributions } }) {
  const meant = ({ highlighted, status, tags }) =>
    highlighted && status === "posted" && tags.some((tag) => tag.question === question);
  const n = contributions[0]?.contribution > 1 ? 0 : contributions.filter(meant).length;
  return n ? [counted("highlighted", n)] : [];
}
