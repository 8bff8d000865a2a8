/**
 * The set-up page: shows what was pasted as what it becomes, and whether the plan fits.
 *
 * Sends nothing: the form is a plain one and stays one. Everything shown is made from the fields, anew at each
 * stroke. Where a debate is changed, there is less to show.
 */

import { pastedQuestions, pastedSpeakers } from "./pasted.js";
import { showCard } from "./card.js";
import { plan } from "./plan.js";
import { keepTyped } from "./typed.js";
import { word } from "./words.js";

const VERDICTS = {
  none: "setup.plan_none",
  fits: "setup.plan_fits",
  tight: "setup.plan_tight",
  over: "setup.plan_over",
};

const field = (name) => document.getElementById(name);

function showQuestions() {
  const questions = pastedQuestions(field("questions").value);
  const minutes = Number(field("minutes").value) || 0;
  const made = plan(minutes, questions);
  field("questions-preview").hidden = !questions.length;
  field("questions-list").replaceChildren(...questions.map((question, place) => row(question, place, made)));
  showPlan(made, minutes);
}

function row({ text, minutes }, place, made) {
  const shown = field("question-preview").content.cloneNode(true).firstElementChild;
  shown.querySelector(".q-number").textContent = `Q${place + 1}`;
  shown.querySelector(".q-text").textContent = text;
  const length = shown.querySelector(".q-minutes");
  length.textContent = word("setup.minutes", { n: made.questions[place] });
  length.toggleAttribute("data-own", Boolean(minutes));
  return shown;
}

function showPlan(made, minutes) {
  const shortest = Math.min(...made.questions);
  const sentence = field("plan");
  const each = word("setup.minutes", { n: shortest });
  const said = word(VERDICTS[made.verdict], { total: made.total, minutes, each });
  if (sentence.textContent !== said) sentence.textContent = said; // said aloud only when it changes
  sentence.dataset.verdict = made.verdict;
  const parts = [made.opening, ...made.questions, made.wrapUp];
  field("plan-bar").replaceChildren(...parts.map((length, place) => part(length, place, parts.length)));
  field("plan-bar").dataset.verdict = made.verdict;
}

function part(length, place, count) {
  const piece = document.createElement("span");
  piece.style.setProperty("--minutes", String(length));
  piece.textContent = place === 0 || place === count - 1 ? "" : `Q${place}`;
  return piece;
}

function showSpeakers() {
  const speakers = pastedSpeakers(field("speakers").value);
  const list = field("speakers-preview");
  list.hidden = !speakers.length;
  list.replaceChildren(...speakers.map(({ name, affiliation }) => {
    const shown = document.createElement("li");
    const strong = document.createElement("strong");
    strong.textContent = name;
    shown.append(strong, affiliation ? `, ${affiliation}` : "");
    return shown;
  }));
}

/** The code matters only where people come in by one. */
function showCode() {
  const door = document.querySelector("input[name=door]:checked")?.value;
  field("field-join_code").hidden = door !== "code";
}

/** The reader's own zone, unless they have typed another; all zones there are to choose from. */
function fillTimezones() {
  const zone = field("timezone");
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (own && (!zone.value || zone.value === "UTC") && !document.getElementById("errors")) zone.value = own;
  const zones = Intl.supportedValuesOf?.("timeZone") ?? [];
  field("timezones").replaceChildren(...["UTC", ...zones].map((name) => {
    const option = document.createElement("option");
    option.value = name;
    return option;
  }));
}

/** Texts in other languages are those the debate is not in. */
function showLanguages() {
  const main = field("language")?.value;
  if (!main) return;
  for (const part of document.querySelectorAll(".in-language")) part.hidden = part.dataset.language === main;
}

/** The rule card says what is chosen; figures there are no fields for stay as they came. */
function showRules() {
  const { posting, moderation, names, tagging, entry, exit, turn_seconds: turn, round_seconds: round, door, audience } = form.elements;
  const rules = { posting, moderation, names, tagging, entry, exit };
  for (const [name, chosen] of Object.entries(rules)) rules[name] = chosen.value;
  const came = JSON.parse(field("rule-card").dataset.came);
  const settings = { ...came, ...rules, turn_seconds: Number(turn.value), round_seconds: Number(round.value) };
  showCard(field("rule-card"), { rules: settings, door: door.value, audience: audience.value });
}

/** Which preset the rules are now, if they are one. */
function showPresets() {
  for (const button of field("presets")?.children ?? []) {
    const all = Object.entries(JSON.parse(button.dataset.fields));
    const same = all.every(([name, value]) => form.elements[name].value === value);
    button.setAttribute("aria-pressed", String(same));
  }
}

function fillIn(event) {
  const button = event.target.closest("button");
  if (!button) return;
  event.preventDefault();
  for (const [name, value] of Object.entries(JSON.parse(button.dataset.fields))) form.elements[name].value = value;
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

const form = field("setup");
if (!form.elements.was) fillTimezones();
keepTyped(form, form.dataset.kept, { filled: Boolean(field("errors")) });
field("errors")?.focus();
const showChosen = () => [showCode, showLanguages, showRules, showPresets].forEach((show) => show());
form.addEventListener("change", showChosen);
field("presets")?.addEventListener("click", fillIn);
showChosen();
if (field("questions")) {
  field("questions").addEventListener("input", showQuestions);
  field("minutes").addEventListener("input", showQuestions);
  field("speakers").addEventListener("input", showSpeakers);
  showQuestions();
  showSpeakers();
}
