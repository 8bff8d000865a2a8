/**
 * A question as the chair writes it: a new one, or one that stands, to be reworded, summed up, moved or dropped.
 *
 * What is typed is kept until it is saved or left, whatever becomes of the list meanwhile.
 */

import { ask } from "../ask.js";
import { at, fill, part, show, take } from "../parts.js";
import { said } from "../said.js";
import { word } from "../words.js";
import { sentence } from "./acts.js";
import { placeOf } from "./facts.js";
import { may } from "./phases.js";
import { giveWay, rowOf } from "./rows.js";

/** `list`: the rows of the questions; `add`: the button for a new one. */
export function rewording({ store, stream, acts, list, add }) {
  const [form, words, minutes, summary] = ["question-form", "question-text", "question-minutes", "question-summary"].map(at);
  let edited = null; // the question being reworded; null: a new one

  /** Open the form: for rewording `number`, or for a new question (null). */
  const write = (number) => {
    const question = number && store.question(number);
    edited = number;
    const label = number ? word("chair.edit_question", { question: number }) : word("chair.new_question");
    fill(form, { wrong: null, label });
    words.value = question ? said(question.text) : "";
    minutes.value = question?.minutes ?? "";
    summary.value = question?.summary ?? "";
    fill(form, { "summary-field": number !== null && may("summary", store.state.debate.phase) });
    order(store.state);
    show(form, true);
    form.scrollIntoView({ block: "nearest" });
    words.focus({ preventScroll: true });
  };
  const close = () => {
    show(form, false);
    const row = edited && rowOf(list, edited);
    (row ? part(row, "edit") : add).focus();
  };

  /** The new words; where the question stands in several languages, in the reader's only. */
  const worded = (text) => {
    const was = store.question(edited).text;
    return typeof was === "string" ? text : { ...was, [document.documentElement.lang]: text };
  };
  /** Say in short what was said, where that is new. */
  const summed = async () => {
    const text = summary.value.trim();
    if (!edited || !text || text === store.question(edited)?.summary) return { ok: true };
    return stream.ask({ do: "summarise", question: edited, text });
  };
  const save = async (event) => {
    event.preventDefault();
    const text = words.value.trim();
    const planned = Number(minutes.value) || null;
    const reply = await stream.ask(
      edited
        ? { do: "edit_question", question: edited, text: worded(text), minutes: planned }
        : { do: "add_question", text, ...(planned && { minutes: planned }) },
    );
    const said = reply.ok ? await summed() : reply;
    fill(form, { wrong: said.ok ? null : sentence(said) });
    if (!said.ok) return;
    acts.say(word("chair.question_saved"));
    close();
  };

  /** Put it one place further on (+1) or back (-1); it keeps its number. */
  const move = (by) => {
    const [question, to] = [edited, placeOf(store.state, edited) + by];
    acts.give({ do: "move_question", question, to }, word("chair.question_moved", { question, place: to }));
  };
  /** Drop it, once it was asked whether that is meant. */
  const drop = async () => {
    const [question, dialog] = [edited, at("ask-drop")];
    fill(dialog, { title: word("chair.drop", { question }) });
    if (await ask(dialog)) await acts.give({ do: "drop_question", question }, word("chair.question_dropped", { question }));
  };
  /** Offer the places before and after it, where there are any. */
  const order = ({ questions }) => {
    const place = edited ? placeOf(store.state, edited) : 0;
    const [row, earlier, later] = ["order", "earlier", "later"].map((name) => part(form, name));
    giveWay(earlier, place > 1, later);
    giveWay(later, place < questions.length, earlier);
    show(row, place && questions.length > 1);
  };

  form.addEventListener("submit", save);
  form.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  take(form, { cancel_question: close, earlier: () => move(-1), later: () => move(+1), drop_question: drop });

  return {
    write,

    show(state) {
      if (form.hidden) return;
      if (edited && !placeOf(state, edited)) close(); // it was dropped, here or by another chair
      else order(state);
    },
  };
}
