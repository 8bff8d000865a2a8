/**
 * The questions as the chair steers by them: counts, minutes used, the one in focus, adding and rewording.
 *
 * Shows what the store says. A question being reworded is kept as typed until it is saved or left.
 */

import { spoken } from "../clock.js";
import { act, blank, mark, part, put, show } from "../parts.js";
import { said, tell } from "../said.js";
import { counted, word } from "../words.js";
import { neighbours, questionTime } from "./facts.js";
import { Acts } from "./acts.js";
import { may } from "./phases.js";
import { giveWay, keepRows } from "./rows.js";

const element = (id) => document.getElementById(id);

export class Questions {
  #store;
  #stream;
  #clock;
  #acts;
  #edited = null; // the question being reworded; null: a new one

  constructor({ store, stream, clock, acts }) {
    this.#store = store;
    this.#stream = stream;
    this.#clock = clock;
    this.#acts = acts;
    element("questions").addEventListener("click", (event) => this.#clicked(event));
    element("next").addEventListener("click", () => this.next());
    element("back").addEventListener("click", () => this.back());
    element("no-focus").addEventListener("click", () => this.focus(null));
    element("add-question").addEventListener("click", () => this.#write(null));
    const form = element("question-form");
    form.addEventListener("submit", (event) => this.#save(event));
    act(form, "cancel_question").addEventListener("click", () => this.#close());
    form.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    clock.every(() => store.state && this.#tick());
  }

  next() {
    const { next } = neighbours(this.#store.state);
    if (next) this.focus(next.question);
  }

  back() {
    const { back } = neighbours(this.#store.state);
    if (back) this.focus(back.question);
  }

  /** Bring `question` into focus, or none. */
  focus(question) {
    if (!this.#steers("focus")) return;
    const said = question ? word("chair.focused", { question }) : word("chair.unfocused");
    this.#acts.give({ do: "focus", question }, said);
  }

  #steers(what) {
    const { you, debate } = this.#store.state;
    return you?.role === "chair" && may(what, debate.phase);
  }

  show(state) {
    keepRows(element("questions"), state.questions, {
      home: element("questions-title"),
      key: (question) => question.question,
      make: () => blank("question-row"),
      fill: (row, question) => this.#fill(row, question),
    });
    const { back, next } = neighbours(state);
    this.#offer("next", next, "chair.next");
    this.#offer("back", back, "chair.back");
    giveWay(element("no-focus"), this.#steers("focus") && this.#store.focus, element("questions-title"));
    giveWay(element("add-question"), this.#steers("questions"), element("questions-title"));
    this.#tick();
  }

  #offer(id, question, key) {
    giveWay(element(id), question && this.#steers("focus"), element("questions-title"));
    if (question) put(part(element(id), "said"), word(key, { question: question.question }));
  }

  #fill(row, question) {
    const button = act(row, "focus");
    mark(row, "data-focus", question.focus);
    mark(button, "aria-pressed", String(question.focus));
    mark(button, "aria-disabled", this.#steers("focus") ? null : "true");
    put(part(row, "number"), `Q${question.question}`);
    const text = said(question.text);
    tell(part(row, "text"), question.text);
    mark(button, "title", text);
    put(part(row, "which"), ` Q${question.question}`);
    show(act(row, "edit"), this.#steers("questions"));
    this.#fillTime(row, question);
  }

  #fillTime(row, question) {
    const time = questionTime(question, this.#clock);
    const minutes = counted("chair.minutes", Math.floor(time.used / 60_000));
    const { contributions, people } = question;
    put(part(row, "counts"), time.used ? word("chair.counts", { contributions, minutes }) : String(contributions));
    mark(part(row, "counts"), "title", word("chair.counts.whole", { contributions, people, minutes }));
    part(row, "bar").style.setProperty("--share", String(time.share));
    mark(row, "data-over", time.left !== null && time.left < 0);
  }

  #tick() {
    for (const question of this.#store.state.questions) {
      const row = this.#row(question.question);
      if (row) this.#fillTime(row, question);
    }
    const focus = this.#store.focus;
    const left = focus ? questionTime(focus, this.#clock).left : null;
    const sentence =
      left === null ? "" : left < 0
        ? word("chair.focus_over", { question: focus.question, time: spoken(-left) })
        : word("chair.focus_left", { question: focus.question, time: spoken(left) });
    put(element("focus-left"), sentence);
  }

  #clicked(event) {
    const button = event.target.closest("button");
    const number = Number(button?.closest("li")?.dataset.key);
    if (!number) return;
    if (button.dataset.act === "edit") this.#write(number);
    else if (!this.#store.question(number).focus) this.focus(number);
  }

  /** Open the form: for rewording `number`, or for a new question. */
  #write(number) {
    const question = number && this.#store.question(number);
    const form = element("question-form");
    this.#edited = number;
    show(part(form, "wrong"), false);
    put(part(form, "label"), number ? word("chair.edit_question", { question: number }) : word("chair.new_question"));
    element("question-text").value = question ? said(question.text) : "";
    element("question-minutes").value = question?.minutes ?? "";
    show(form, true);
    form.scrollIntoView({ block: "nearest" });
    element("question-text").focus({ preventScroll: true });
  }

  #close() {
    const back = this.#edited && act(this.#row(this.#edited), "edit");
    show(element("question-form"), false);
    (back ?? element("add-question")).focus();
  }

  #row(number) {
    return [...element("questions").children].find((row) => row.dataset.key === String(number));
  }

  /** The new words; where the question stands in several languages, in the reader's only. */
  #worded(text) {
    const was = this.#store.question(this.#edited).text;
    return typeof was === "string" ? text : { ...was, [document.documentElement.lang]: text };
  }

  async #save(event) {
    event.preventDefault();
    const form = element("question-form");
    const text = element("question-text").value.trim();
    const minutes = Number(element("question-minutes").value) || null;
    const command = this.#edited
      ? { do: "edit_question", question: this.#edited, text: this.#worded(text), minutes }
      : { do: "add_question", text, ...(minutes ? { minutes } : {}) };
    const reply = await this.#stream.ask(command);
    show(part(form, "wrong"), !reply.ok);
    if (!reply.ok) return put(part(form, "wrong"), Acts.sentence(reply));
    this.#acts.say(word("chair.question_saved"));
    this.#close();
  }
}
