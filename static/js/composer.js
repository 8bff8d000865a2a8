/**
 * Where a contribution is written: the text, how much room is left, its question, what it answers, how long to wait.
 *
 * A draft outlives reload, reconnect and refusal. Knows nothing of the floor: `post` takes the command.
 */

import { MODERATING, allowed, silence } from "./allowed.js";
import { spoken } from "./clock.js";
import { clean, graphemes } from "./graphemes.js";
import { markers } from "./markers.js";
import { act, blank, keep, mark, part, put, show } from "./parts.js";
import { tell } from "./said.js";
import { counted, word } from "./words.js";

const NEARLY_FULL = 50;

export class Composer {
  #form;
  #text;
  #store;
  #post;
  #draftKey;
  #replyTo = undefined;
  #chosen = new Set();
  #until = 0; // as performance.now() has it: one may not post before
  #tick;

  /** `post(command)`: send it; its reply, where the page knows one. `closed`: where it is said why one cannot write, for whoever joined. */
  constructor({ form, closed, store, post, draftKey }) {
    this.#form = form;
    this.#text = form.querySelector("textarea");
    this.#store = store;
    this.#post = post;
    this.#draftKey = draftKey;
    this.#listen();
    store.watch(() => this.#draw(closed));
  }

  /** Answer contribution `number`, or nothing (undefined). */
  reply(number) {
    this.#replyTo = number;
    this.#changed();
    this.#text.focus();
  }

  /**
   * Take a refused text back, with the refusal that came. False where something else is being written by
   * now, unless the author `asked`: then that moves to the end of it.
   */
  takeBack(command, { message = word("offline"), retry_after: seconds }, asked = false) {
    if (!asked) this.#wait(seconds);
    const busy = clean(this.#text.value) !== "";
    if (busy && !asked) return false;
    this.#text.value = busy ? `${command.text}\n\n${this.#text.value}` : command.text;
    this.#replyTo = command.reply_to;
    this.#chosen = new Set(command.questions ?? []);
    this.#changed();
    this.#wrong(message);
    this.#text.focus();
    return true;
  }

  /** Bring back what was being written when the page was left. */
  restore() {
    if (this.#text.value || part(this.#form, "reply_to").value) return this.#takeOver();
    try {
      const draft = JSON.parse(localStorage.getItem(this.#draftKey));
      if (!draft) return;
      this.#text.value = draft.text;
      this.#replyTo = draft.reply_to;
      this.#chosen = new Set(draft.questions);
    } catch {
      return; // storage switched off, or something else under our key: begin with an empty text
    }
    this.#changed();
  }

  /** Go on with what was written before this script ran, or came back refused. */
  #takeOver() {
    const wrong = part(this.#form, "wrong").textContent;
    this.#replyTo = Number(part(this.#form, "reply_to").value) || undefined;
    for (const box of part(this.#form, "choices").querySelectorAll(":checked")) this.#chosen.add(Number(box.value));
    this.#changed();
    if (wrong) this.#wrong(wrong);
  }

  #listen() {
    this.#text.addEventListener("input", () => this.#changed());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#submit(event);
      if (event.key === "Escape" && this.#replyTo !== undefined) this.reply(undefined);
    });
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    act(this.#form, "cancel").addEventListener("click", (event) => {
      event.preventDefault();
      this.reply(undefined);
    });
    const choice = part(this.#form, "choice");
    choice.addEventListener("change", ({ target }) => {
      const { numbers, why } = this.#question();
      if (why === "marker") this.#chosen = new Set(numbers); // what the text names stays chosen beside it
      this.#chosen[target.checked ? "add" : "delete"](Number(target.value));
      this.#changed();
    });
    choice.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !choice.open) return;
      choice.open = false;
      choice.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", ({ target }) => choice.contains(target) || (choice.open = false));
  }

  async #submit(event) {
    event.preventDefault();
    await this.#store.ready;
    const text = clean(this.#text.value);
    if (!text) return this.#wrong(word("composer.empty"));
    const left = this.#left();
    if (left) return this.#wrong(word("composer.wait", { n: Math.ceil(left / 1000) }));
    const over = graphemes(text) - this.#most;
    if (over > 0) return this.#wrong(counted("composer.too_long", over));
    const command = { do: "post", text };
    if (this.#replyTo !== undefined) command.reply_to = this.#replyTo;
    if (this.#chosen.size) command.questions = [...this.#chosen].sort((one, other) => one - other);
    this.#text.value = "";
    this.#replyTo = undefined;
    this.#chosen.clear();
    this.#changed();
    const reply = await this.#post(command);
    const { you, debate } = this.#store.state;
    if (reply?.ok && !MODERATING.has(you?.role)) this.#wait(debate.rules.slow_seconds);
  }

  #left() {
    return Math.max(0, this.#until - performance.now());
  }

  /** Until one may post again the button shows the time and does nothing; then it is back by itself. */
  #wait(seconds = 0) {
    if (!seconds) return;
    this.#until = performance.now() + seconds * 1000;
    const send = this.#form.querySelector(".send");
    const tick = () => {
      const left = this.#left();
      mark(send, "aria-disabled", left ? "true" : null);
      put(part(send, "wait"), left ? spoken(left) : "");
      if (left) this.#tick = setTimeout(tick, left % 1000 || 1000);
      else this.#wrong(null);
    };
    clearTimeout(this.#tick);
    tick();
  }

  get #most() {
    return this.#store.state.debate.rules.max_length;
  }

  #draw(closed) {
    const { state } = this.#store;
    const open = allowed(state).post;
    show(this.#form, open);
    const why = silence(state);
    show(closed, why);
    if (why) put(part(closed, "said"), word(why));
    this.#drawChoices(state.questions);
    this.#drawReply();
    this.#drawRoom();
  }

  #drawChoices(questions) {
    const { numbers, why } = this.#question();
    const named = why === "author" || why === "marker" ? numbers : [];
    keep(part(this.#form, "choices"), questions, {
      key: (question) => question.question,
      make: () => blank("choice"),
      fill: (element, question) => {
        const box = part(element, "box");
        box.value = question.question;
        box.checked = named.includes(question.question);
        put(part(element, "number"), `Q${question.question}`);
        tell(part(element, "text"), question.text);
      },
    });
    const chosen = part(this.#form, "chosen");
    show(chosen, numbers.length);
    put(chosen, numbers.map((number) => `Q${number}`).join(" "));
    put(part(this.#form, "why"), word(`choice.${why}`));
    show(part(this.#form, "choice"), questions.length);
  }

  /** The questions it will be matched to, by the first that applies (RULES, "Questions and tags"). */
  #question() {
    if (this.#chosen.size) return { numbers: [...this.#chosen].sort((a, b) => a - b), why: "author" };
    const known = this.#store.state.questions.map((question) => question.question);
    const typed = markers(this.#text.value, known);
    if (typed.length) return { numbers: typed, why: "marker" };
    const above = this.#store.contribution(this.#replyTo)?.tags ?? [];
    if (above.length) return { numbers: above.map((tag) => tag.question), why: "thread" };
    const focus = this.#store.focus;
    return focus ? { numbers: [focus.question], why: "focus" } : { numbers: [], why: "none" };
  }

  #drawReply() {
    const line = part(this.#form, "replying");
    show(line, this.#replyTo !== undefined);
    if (this.#replyTo === undefined) return;
    const name = this.#store.contribution(this.#replyTo)?.author.name;
    put(part(line, "whom"), name ? word("replying", { name }) : word("replying.number", { number: this.#replyTo }));
  }

  #drawRoom() {
    const left = this.#most - graphemes(clean(this.#text.value));
    const room = part(this.#form, "room");
    put(room, left < 0 ? counted("composer.over", -left) : counted("composer.left", left));
    room.toggleAttribute("data-over", left < 0);
    room.toggleAttribute("data-near", left >= 0 && left <= NEARLY_FULL);
  }

  #wrong(sentence) {
    const line = part(this.#form, "wrong");
    show(line, sentence);
    put(line, sentence ?? "");
    mark(this.#text, "aria-invalid", sentence ? "true" : null);
  }

  #changed() {
    this.#wrong(null);
    this.#keepDraft();
    if (!this.#store.state) return;
    this.#drawChoices(this.#store.state.questions);
    this.#drawReply();
    this.#drawRoom();
  }

  #keepDraft() {
    const draft = { text: this.#text.value, reply_to: this.#replyTo, questions: [...this.#chosen] };
    try {
      if (draft.text) localStorage.setItem(this.#draftKey, JSON.stringify(draft));
      else localStorage.removeItem(this.#draftKey);
    } catch {
      // Storage switched off or full: the draft lives as long as the page.
    }
  }
}
