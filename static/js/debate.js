/**
 * The debate page as everybody reads it: puts its parts together. What each does stands in its own module; what whoever
 * takes part has beside it, in participant.js.
 */

import { allowed } from "./allowed.js";
import { aloud } from "./aloud.js";
import { follow } from "./clock.js";
import { direction } from "./direction.js";
import { floor } from "./floor.js";
import { keepFocus } from "./focus.js";
import { hands } from "./hands.js";
import { lines } from "./lines.js";
import { live } from "./live.js";
import { outbox } from "./outbox.js";
import { at, fill, mark, part, show, take } from "./parts.js";
import { questions } from "./questions.js";
import { reads } from "./reading.js";
import { ring } from "./ring.js";
import { reachable } from "./scrollable.js";
import { records, slug } from "./server.js";
import { unfold } from "./thread.js";
import { counted, word } from "./words.js";

const MANY = 50; // new ones waiting, beyond which the way to the newest leads past them
const OPENING = new Set(["lobby", "live"]); // phases with which a debate has a circle

/** The number of the contribution that `button` belongs to. */
export const numbered = (button) => Number(button.closest("[data-contribution]").dataset.contribution);
export const mine = `${slug}.${document.body.dataset.you}`; // what a browser keeps for one person of a debate
const [list, waiting, pause, bar, dialog] = ["threads", "waiting", "pause", "filters", "join"].map(at);
export const { store, clock, stream } = live({ outbox: outbox(`fishbowl.outbox.${mine}`) });

// What few need is loaded when it is asked for. Each holds null where it cannot be had.
const past = onDemand(async () =>
  (await import("./past.js")).past({ store, floor: shown, reading, button: at("earlier") }),
);
const filters = onDemand(async () =>
  (await import("./filters.js")).filters({ bar, shown: at("shown"), list, store, clock, floor: shown }),
);
const why = onDemand(async () => (await import("./why.js")).why({ list, store, give }));
const inRound = onDemand(() => import("./round.js"));
const joining = onDemand(() => import("./joining.js"));
const reporting = onDemand(async () =>
  (await import("./report.js")).reports({ store, give: (command) => stream.ask(command) }),
);
const card = async () => (await import("./card.js")).showCard(at("rule-card"), store.state.debate);

const failed = lines({ store, clock, stream });
questions({ list: at("questions"), store, clock });
ring({ element: at("ring"), store, clock, sit: (seat, button) => give({ do: "take_seat", seat }, button) });
hands({ store });

export const shown = floor({
  store,
  list,
  changed: () => show(at("empty"), !list.querySelector(":scope > .thread:not([hidden]), .unsent")),
  reading: () => reading,
});
export const reading = reads({
  box: at("stream"),
  list,
  place: shown.place,
  next: async () => (await past())?.later() ?? [],
  newest: shown.toNewest,
  changed: tellWaiting,
});
aloud({ log: at("log"), choice: at("aloud"), store, clock });
reachable(document.querySelector(".side"), part(at("ring"), "seats"), at("hands"));
follow(store, clock, keepFocus());
store.watch(({ state }) => state.round && inRound());
clock.every(reading.settle);

take(waiting, { release: reading.release, further: reading.goFurther, newest: reading.toEnd });
pause.addEventListener("click", () => reading.pause(!reading.paused));
take(list, {
  unfold(button) {
    const first = unfold(button.closest(".thread"));
    reading.show(first);
    first.focus({ preventScroll: true });
  },
  async report(button) {
    await store.ready;
    (await reporting())?.report(numbered(button));
  },
});
const joins = document.querySelectorAll('a[href^="/join/"]');
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="?"], a[href^="/join/"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.pathname === location.pathname) return lookAt(link);
  fill(dialog, { wrong: null });
  dialog.showModal();
  joining(); // is there by the time it is needed
});
dialog.addEventListener("submit", async (event) => {
  if (event.submitter.value !== "join") return;
  event.preventDefault();
  const joins = await joining();
  if (joins) joins.join(event.submitter);
  else fill(dialog, { wrong: word("join.unreachable") });
});
store.watch(({ state, records }) => {
  const { phase, door, rules } = state.debate;
  if (phase === "draft" || phase === "announced") location.reload(); // that is another page
  for (const link of joins) show(link, allowed(state).join);
  const free = rules.names === "free";
  fill(dialog, { "code-field": door === "code", "name-field": free, given: !free });
  if (records?.some((record) => record.rules ?? record.door ?? record.audience)) card();
  if (shown.first > 1 && shown.first < Infinity) past();
  if (store.focus && !bar.querySelector(`[data-key="q${store.focus.question}"]`)) filters();
});
addEventListener("offline", stream.drop);
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("hashchange", toHash);
stream.start();
store.ready.then(() => {
  if (list.dataset.show) filters();
  tellDirections();
  if (!toHash()) reading.begin();
});

function onDemand(load) {
  let had = null;
  return () => (had ??= load().catch(() => (had = null)));
}

/** Give a command; `button` is what was pressed, and waits. A refusal is told. */
export async function give(command, button) {
  mark(button, { "aria-busy": true });
  const reply = await stream.ask(command);
  mark(button, { "aria-busy": null });
  if (!reply.ok) failed(reply.message ?? word("offline"));
  return reply;
}

/** The count of what waits, the way to the newest, the answers that came further up, and the pause. */
function tellWaiting() {
  const { paused, between, further } = reading;
  const n = shown.counts(reading.waiting) + between;
  fill(waiting, {
    new: counted(between ? "waiting.later" : "waiting.new", n),
    said: counted("waiting.further", further.length),
    further: further.length > 0,
    release: n > 0 && !paused,
    newest: (reading.away && (!n || n >= MANY)) || reading.far,
  });
  mark(pause, { "aria-pressed": paused });
  fill(pause, { said: !paused ? word("pause") : n ? counted("waiting.paused", n) : word("resume") });
}

/** Tell the stage directions of the time that is shown. They are extra: without them the page is whole. */
async function tellDirections() {
  const [first] = store.state.contributions;
  const since = first?.contribution > 1 ? first.seq : 0;
  const page = await records({ since, limit: 1000 }).catch(() => ({ records: [] }));
  // How the debate was set up is nobody's stage direction: they begin with its first phase that has a circle.
  const opened = since ? 0 : page.records.findIndex(({ type, phase }) => type === "phase.moved" && OPENING.has(phase));
  const known = page.records.slice(Math.max(0, opened)).filter(({ seq }) => seq <= store.state.seq);
  shown.place(known.map((record) => ({ said: direction(record), seq: record.seq })).filter(({ said }) => said));
}

/** Go to the contribution the address names, and to what stands around it. False where it names none. */
function toHash() {
  const number = Number(/^#c([1-9][0-9]*)$/.exec(location.hash)?.[1]);
  if (number) go(number);
  return Boolean(number);
}

async function go(number) {
  const element = shown.element(number) ?? (await (await past())?.open(number));
  if (!element) return;
  if (element.closest("[data-folded]")) unfold(element.closest(".thread"));
  element.focus({ preventScroll: true });
  reading.show(element, "center");
  element.classList.add("found");
  element.addEventListener("animationend", () => element.classList.remove("found"), { once: true });
}

/** Show what the link to a filter says, or why the tag that was pressed stands there. */
async function lookAt(link) {
  await store.ready;
  const does = await (link.matches(".tag") ? why : filters)();
  if (does) does(link);
  else failed(word("offline"));
}
