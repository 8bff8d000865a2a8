/**
 * The bar of questions: how much was said under each, which is in focus, how long it still has.
 */

import { focusMinutes, over } from "./ring.js";
import { blank, keep, mark, part, put, show } from "./parts.js";
import { said, tell } from "./said.js";
import { counted, word } from "./words.js";

export class Questions {
  #list;
  #store;
  #clock;
  #shown = false; // whether the question in focus was brought into view

  constructor({ list, store, clock }) {
    this.#list = list;
    this.#store = store;
    this.#clock = clock;
    // Browsers leave half of a question outside the bar when it gets the focus.
    list.addEventListener("focusin", ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" }));
    store.watch(() => this.#draw());
    clock.every(() => store.state && this.#tick());
  }

  #draw() {
    keep(this.#list, this.#store.state.questions, {
      key: (question) => question.question,
      make: () => blank("question"),
      fill: (element, question) => this.#fill(element, question),
    });
    this.#show();
    this.#tick();
  }

  #fill(element, question) {
    element.dataset.question = question.question;
    const came = question.focus && !element.hasAttribute("data-focus");
    element.toggleAttribute("data-focus", question.focus);
    const link = part(element, "link");
    link.href = `?show=q${question.question}`;
    link.title = said(question.text);
    mark(link, "aria-current", question.focus ? "true" : null);
    put(part(element, "number"), `Q${question.question}`);
    tell(part(element, "text"), question.text);
    show(part(element, "focus"), question.focus);
    const n = question.contributions;
    put(part(element, "count"), question.focus ? counted("question.so_far", n) : String(n));
    if (came) this.#shown = false;
  }

  /** Bring the question in focus into view, once it is drawn: without moving the focus, or the page. */
  #show() {
    const element = this.#list.querySelector("[data-focus]");
    if (this.#shown || !element) return;
    this.#shown = true;
    const bar = this.#list.parentElement;
    const [box, inside] = [element.getBoundingClientRect(), bar.getBoundingClientRect()];
    bar.scrollBy({ left: (box.left + box.right - inside.left - inside.right) / 2 });
  }

  #tick() {
    for (const element of this.#list.children) {
      const question = this.#store.question(Number(element.dataset.question));
      if (question) put(part(element, "left"), question.focus ? this.#left(question) : "");
    }
  }

  #left(question) {
    if (!question.minutes || over(this.#store.state.debate)) return "";
    const minutes = Math.ceil(question.minutes - focusMinutes(question, this.#clock));
    return minutes > 0 ? counted("minutes.left", minutes) : word("minutes.over");
  }
}
