/**
 * Where a contribution is written: the text, how much room is left, its question, what it answers, how long to wait.
 *
 * A draft outlives reload, reconnect and refusal. Knows nothing of the floor: `post` takes the command.
 */

import { MODERATING, allowed } from "./allowed.js";
import { spoken } from "./clock.js";
import { clean, graphemes } from "./graphemes.js";
import { keep as remember, kept } from "./kept.js";
import { markers } from "./markers.js";
import { fill, keep, mark, part, show } from "./parts.js";
import { tell } from "./said.js";
import { counted, word } from "./words.js";

const NEARLY_FULL = 50;

/**
 * `post(command)`: send it; its reply, where the page knows one. `draftKey`: under which the browser keeps what is being
 * written.
 */
export function composer({ form, store, post, draftKey }) {
  const field = form.querySelector("textarea");
  const send = form.querySelector(".send");
  const choice = part(form, "choice");
  let replyTo = undefined;
  let chosen = new Set(); // questions, by number
  let warned; // the text that a moderator is to read: sent again as it is, it goes to them
  let until = 0; // as performance.now() has it: one may not post before
  let again; // looks at the wait again

  const left = () => Math.max(0, until - performance.now());
  const most = () => store.state.debate.rules.max_length;
  const byNumber = (numbers) => [...numbers].sort((one, other) => one - other);

  const wrong = (sentence) => {
    fill(form, { wrong: sentence });
    mark(field, { "aria-invalid": sentence && true });
  };

  /** The questions it will be matched to, by the first that applies (RULES, "Questions and tags"). */
  const matched = () => {
    if (chosen.size) return { numbers: byNumber(chosen), why: "author" };
    const typed = markers(field.value, store.state.questions.map(({ question }) => question));
    if (typed.length) return { numbers: typed, why: "marker" };
    const above = store.contribution(replyTo)?.tags ?? [];
    if (above.length) return { numbers: above.map(({ question }) => question), why: "thread" };
    return store.focus ? { numbers: [store.focus.question], why: "focus" } : { numbers: [], why: "none" };
  };

  const draw = () => {
    const { questions } = store.state;
    const { numbers, why } = matched();
    const named = why === "author" || why === "marker";
    const room = most() - graphemes(clean(field.value));
    const name = store.contribution(replyTo)?.author.name;
    fill(form, {
      choice: questions.length,
      chosen: numbers.map((number) => `Q${number}`).join(" ") || null,
      why: word(`choice.${why}`),
      room: room < 0 ? counted("composer.over", -room) : counted("composer.left", room),
      replying: replyTo !== undefined,
      whom: name ? word("replying", { name }) : word("replying.number", { number: replyTo ?? "" }),
    });
    fill(form, { room: { "data-over": room < 0, "data-near": room >= 0 && room <= NEARLY_FULL } });
    keep(part(form, "choices"), questions, {
      key: "question",
      blank: "choice",
      fill({ question, text }, _, element) {
        const box = part(element, "box");
        box.value = question;
        box.checked = named && numbers.includes(question);
        tell(part(element, "text"), text);
        return { number: `Q${question}` };
      },
    });
  };

  const changed = () => {
    wrong(null);
    const draft = { text: field.value, reply_to: replyTo, questions: [...chosen] };
    remember(draftKey, draft.text && JSON.stringify(draft));
    if (store.state) draw();
  };

  /** Write `text` as what answers `replyTo`, under `questions`. */
  const begin = (text, to, questions = []) => {
    field.value = text;
    replyTo = to;
    chosen = new Set(questions.filter((one) => !store.state || store.question(one))); // none that was dropped
    changed();
  };

  /** Until one may post again the button shows the time and does nothing; then it is back by itself. */
  const wait = (seconds) => {
    if (!seconds) return;
    until = performance.now() + seconds * 1000;
    const tick = () => {
      mark(send, { "aria-disabled": left() > 0 || null });
      fill(send, { wait: left() ? spoken(left()) : "" });
      if (left()) again = setTimeout(tick, left() % 1000 || 1000);
      else wrong(null);
    };
    clearTimeout(again);
    tick();
  };

  const submit = async (event) => {
    event.preventDefault();
    const text = clean(field.value);
    const over = store.state ? graphemes(text) - most() : 0; // the line may be gone before it told us: then it waits
    if (!text) return wrong(word("composer.empty"));
    if (left()) return wrong(word("composer.wait", { n: Math.ceil(left() / 1000) }));
    if (over > 0) return wrong(counted("composer.too_long", over));
    const command = { do: "post", text, warn: text !== warned };
    if (replyTo !== undefined) command.reply_to = replyTo;
    if (chosen.size) command.questions = byNumber(chosen);
    begin("");
    const reply = await post(command);
    if (!reply?.ok) return;
    const { you, debate } = store.state;
    if (!MODERATING.has(you?.role)) wait(debate.rules.slow_seconds);
  };

  const reply = (number) => {
    replyTo = number;
    changed();
    field.focus();
  };

  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
    if (event.key === "Escape" && replyTo !== undefined) reply(undefined);
  });
  form.addEventListener("submit", submit);
  part(form, "cancel").addEventListener("click", (event) => {
    event.preventDefault();
    reply(undefined);
  });
  choice.addEventListener("change", ({ target }) => {
    const { numbers, why } = matched();
    if (why === "marker") chosen = new Set(numbers); // what the text names stays chosen beside it
    chosen[target.checked ? "add" : "delete"](Number(target.value));
    changed();
  });
  choice.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !choice.open) return;
    choice.open = false;
    choice.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", ({ target }) => choice.contains(target) || (choice.open = false));
  store.watch(({ state }) => {
    show(form, allowed(state).post);
    draw();
  });

  return {
    /** Answer contribution `number`, or nothing (undefined). */
    reply,

    /**
     * Take a refused text back, with the refusal that came. False where something else is being written by
     * now, unless the author `asked`: then that moves to the end of it.
     */
    takeBack({ text, reply_to: to, questions }, { code, message = word("offline"), retry_after: seconds }, asked) {
      if (code === "text.concern") warned = text;
      if (!asked) wait(seconds);
      const busy = clean(field.value) !== "";
      if (busy && !asked) return false;
      begin(busy ? `${text}\n\n${field.value}` : text, to, questions);
      wrong(message);
      field.focus();
      return true;
    },

    /** Bring back what was being written when the page was left; or go on with what was written before this script ran. */
    restore() {
      const to = part(form, "reply_to").value;
      if (field.value || to) {
        const refused = part(form, "wrong").textContent;
        const ticked = part(form, "choices").querySelectorAll(":checked");
        begin(field.value, Number(to) || undefined, Array.from(ticked, ({ value }) => Number(value)));
        return wrong(refused || null);
      }
      try {
        const { text, reply_to: replied, questions } = JSON.parse(kept(draftKey));
        begin(text, replied, questions);
      } catch {
        // Nothing was kept, or something else under our key: begin with an empty text.
      }
    },
  };
}
