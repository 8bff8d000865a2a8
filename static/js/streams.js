/**
 * The debate page with two streams: every contribution stands for itself, in the stream of its author, and what is carried
 * in stands on the floor from then on.
 *
 * Comes before the page's other scripts do anything, so that the store holds them so from the beginning. Replies hang
 * nowhere: each says what it answers. Which stream is which is the style sheet's (css/streams.css).
 */

import { allowed } from "./allowed.js";
import { fillCarried } from "./carried.js";
import { give, numbered, shown, store } from "./debate.js";
import { FOLDS } from "./fold.js";
import { at, take } from "./parts.js";
import { snapshot } from "./server.js";
import { word } from "./words.js";

const list = at("threads");
const { add, prepend, reset } = store;
const { "contribution.threaded": thread } = FOLDS;
let carries = false; // whether the reader may carry in now

/** By itself, where it came into its stream. */
function alone(one) {
  return Object.assign(one, { root: one.contribution, seq: one.carried_in?.seq ?? one.seq });
}

Object.assign(store, {
  reset(whole) {
    whole.contributions.forEach(alone);
    reset.call(store, whole);
  },
  prepend(older, before) {
    older.forEach(alone);
    return prepend.call(store, older, before);
  },
  add: (one) => add.call(store, alone(one)),
});
FOLDS["contribution.threaded"] = (state, record) => {
  thread(state, record, store);
  store.under(record.path).forEach(alone);
};

function draw(element) {
  const one = store.contribution(numbered(element));
  if (one) fillCarried(element, one, store, carries);
}

function drawAll() {
  for (const element of list.querySelectorAll("[data-contribution]")) draw(element);
}

/** Told aloud with the rest (aloud.js), unless the reader wants nothing told. */
function tell({ author }) {
  if (at("aloud").querySelector(":checked").value === "off") return;
  const line = document.createElement("p");
  line.textContent = word("carried.aloud", { name: author.name ?? word("somebody") });
  at("log").append(line);
}

/** It goes to where it stands now, and the keyboard with it. */
async function bring(number) {
  const held = store.contribution(number);
  if (!held) {
    const { contributions } = await snapshot({ before: number + 1 }).catch(() => ({ contributions: [] }));
    store.prepend(contributions.slice(-1), number + 1);
    return shown.place([{ contribution: store.contribution(number) }].filter((one) => one.contribution));
  }
  alone(held);
  tell(held);
  const focused = shown.element(number)?.contains(document.activeElement);
  shown.move([held]);
  if (focused) shown.element(number)?.focus();
}

store.watch(({ state, records }) => {
  if (records && !records.length) return; // who is here
  const { you } = state;
  carries = allowed(state).post && (you.role === "chair" || you.seat !== undefined);
  for (const { type, contribution } of records ?? []) if (type === "contribution.carried_in") bring(contribution);
  drawAll();
});
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) node.querySelectorAll?.("[data-contribution]").forEach(draw);
  }
}).observe(list, { childList: true, subtree: true });

take(list, {
  carry_in: (button) => give({ do: "carry_in", contribution: numbered(button) }, button),
});
