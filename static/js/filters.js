/**
 * The choice of what is shown: links in a bar, the choice in the address.
 *
 * A click on a question, a hashtag or a tag anywhere on the page leads here too: they are links to `?show=`.
 */

import { blank, keep, mark, part, put, show } from "./parts.js";
import { said } from "./said.js";
import { focusMinutes } from "./ring.js";
import { counted, word } from "./words.js";

export class Filters {
  #bar;
  #shown;
  #store;
  #floor;
  #fixed;

  /** `bar`: the links; `shown`: where it is told what of the debate is being shown. */
  constructor({ bar, shown, store, floor }) {
    this.#bar = bar;
    this.#shown = shown;
    this.#store = store;
    this.#floor = floor;
    this.#fixed = [...bar.querySelectorAll("[data-show]")].map((link) => ({ name: link.dataset.show, text: link.textContent, element: link }));
    document.addEventListener("click", (event) => this.#click(event));
    addEventListener("popstate", () => this.follow());
    store.watch(() => this.#draw());
  }

  /** Show what the address says. */
  follow() {
    this.#floor.filter(new URLSearchParams(location.search).get("show") ?? "");
    this.#draw();
  }

  #click(event) {
    const link = event.target.closest('a[href^="?"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const { search } = link;
    if (search !== location.search) history.pushState(null, "", search || location.pathname);
    this.follow();
  }

  #draw() {
    const { state } = this.#store;
    const chosen = this.#floor.show;
    const more = new Map();
    if (this.#store.focus) more.set(`q${this.#store.focus.question}`, `Q${this.#store.focus.question}`);
    if (chosen.kind === "question") more.set(chosen.name, `Q${chosen.question}`);
    if (chosen.kind === "tag") more.set(chosen.name, `#${chosen.tag}`);
    const [everything, inner, mine] = this.#fixed;
    const wanted = [everything, inner, ...[...more].map(([name, text]) => ({ name, text })), mine];
    keep(this.#bar, wanted, {
      key: (filter) => filter.name,
      make: (filter) => filter.element ?? blank("filter"),
      fill: (element, filter) => {
        element.dataset.show = filter.name;
        element.href = filter.name ? `?show=${encodeURIComponent(filter.name)}` : "?";
        put(element, filter.text);
        mark(element, "aria-current", chosen.name === filter.name ? "true" : null);
        show(element, filter !== mine || state.you);
      },
    });
    this.#tell(chosen);
  }

  #tell(chosen) {
    const question = chosen.kind === "question" ? this.#store.question(chosen.question) : undefined;
    show(this.#shown, question);
    if (!question) return;
    put(part(this.#shown, "title"), `Q${question.question}  ${said(question.text)}`);
    const minutes = Math.round(focusMinutes(question, { now: () => Date.now() }));
    const told = [counted("contributions", question.contributions), counted("people", question.people)];
    if (minutes) told.push(counted("minutes", minutes));
    const highlighted = this.#highlighted(question);
    if (highlighted) told.push(counted("highlighted", highlighted));
    put(part(this.#shown, "said"), told.join(word("list.comma")));
  }

  /** How many under a question the chair highlighted; 0, to be left out, where older ones are not here to count. */
  #highlighted({ question }) {
    const { contributions } = this.#store.state;
    if (contributions[0]?.contribution > 1) return 0;
    const meant = (one) => one.status === "posted" && one.tags.some((tag) => tag.question === question);
    return contributions.filter((one) => one.highlighted && meant(one)).length;
  }
}
