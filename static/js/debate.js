/**
 * The debate page: puts its parts together. What each does stands in its own module.
 */

import { Aloud } from "./aloud.js";
import { announced } from "./announced.js";
import { ask } from "./ask.js";
import { callWith } from "./call.js";
import { Circle } from "./circle.js";
import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { Filters } from "./filters.js";
import { Floor } from "./floor.js";
import { keepFocus } from "./focus.js";
import { Joining } from "./joining.js";
import { Lines } from "./lines.js";
import { outbox } from "./outbox.js";
import { part, put, show } from "./parts.js";
import { Past } from "./past.js";
import { Questions } from "./questions.js";
import { Reading } from "./reading.js";
import { Ring } from "./ring.js";
import { reachable } from "./scrollable.js";
import { Sending } from "./sending.js";
import { connect, api, records, slug, snapshot } from "./server.js";
import { Store } from "./store.js";
import { Stream } from "./stream.js";
import { counted, word } from "./words.js";

const EARLY = new Set(["draft", "announced"]);
const MANY = 50; // new ones waiting, beyond which the way to the newest leads past them
const mine = `${slug}.${document.body.dataset.you ?? ""}`; // what a browser keeps for one person of a debate
const at = (id) => document.getElementById(id);

const store = new Store();
const clock = new Clock();
const stream = new Stream({
  store,
  connect,
  snapshot: () => snapshot().then((whole) => (clock.set(whole.now), whole)),
  outbox: outbox(`fishbowl.outbox.${mine}`),
  heard: ({ now }) => clock.set(now),
});

// Before the lobby this page only tells what will be; when that changes, it is another page.
const early = EARLY.has(document.body.dataset.phase);
store.watch(({ state }) => {
  if (early !== EARLY.has(state.debate.phase)) location.reload();
});
if (early) announced({ store, clock });
else assemble();
addEventListener("online", () => stream.hurry());
addEventListener("offline", () => stream.drop());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
stream.start();

function assemble() {
  const lines = new Lines({ page: document, store, clock, stream });
  const failed = (sentence) => lines.failed(sentence);
  new Questions({ list: at("questions"), store, clock });
  const circle = new Circle({ page: document.querySelector(".side"), store, clock, stream, failed });
  new Ring({ element: at("ring"), store, clock, sit: (seat, button) => circle.sit(seat, button) });
  const floor = new Floor({
    store,
    list: at("threads"),
    own: (contribution) => sending.arrived(contribution),
    changed: () => show(at("empty"), !at("threads").querySelector(":scope > .thread:not([hidden]), .unsent")),
  });
  const composer = new Composer({
    form: at("composer"),
    closed: at("reading"),
    store,
    post: (command) => {
      reading.toEnd();
      return sending.post(command);
    },
    draftKey: `fishbowl.draft.${mine}`,
  });
  const sending = new Sending({
    stream,
    store,
    floor,
    refused: (...refusal) => composer.takeBack(...refusal),
  });
  const reading = read(floor, () => past);
  const filters = new Filters({ bar: at("filters"), shown: at("shown"), store, floor });
  const past = new Past({ store, floor, reading, button: at("earlier"), snapshot, records });
  new Aloud({ log: at("log"), choice: at("aloud"), store, clock });
  callWith(at("sound"), store);
  join();
  act(composer, failed);
  reachable(document.querySelector(".side"), part(at("ring"), "seats"), at("hands"));
  composer.restore();
  const refocus = keepFocus();
  store.watch(refocus);
  clock.every(refocus);

  const ready = store.watch(() => {
    ready();
    sending.resume();
    filters.follow();
    past.recall();
    if (!past.toHash()) reading.begin();
  });
}

/** The pause, the count of what waits, the way to the newest, and the answers that came further up. */
function read(floor, past) {
  const release = document.querySelector('#waiting [data-act="release"]');
  const further = document.querySelector('#waiting [data-act="further"]');
  const newest = document.querySelector('#waiting [data-act="newest"]');
  const pause = at("pause");
  const reading = new Reading({
    box: at("stream"),
    list: at("threads"),
    place: (things) => floor.place(things),
    next: () => past().later(),
    newest: () => floor.toNewest(),
    changed: () => {
      const n = floor.counts(reading.waiting) + reading.between;
      show(release, n && !reading.paused);
      show(newest, (reading.away && (!n || n >= MANY)) || reading.far);
      put(part(release, "new"), counted(reading.between ? "waiting.later" : "waiting.new", n));
      show(further, reading.further.length);
      put(part(further, "further"), counted("waiting.further", reading.further.length));
      pause.setAttribute("aria-pressed", String(reading.paused));
      put(part(pause, "said"), reading.paused ? (n ? counted("waiting.paused", n) : word("resume")) : word("pause"));
    },
  });
  floor.reading = reading;
  release.addEventListener("click", () => reading.release());
  further.addEventListener("click", () => reading.goFurther());
  newest.addEventListener("click", () => reading.toEnd());
  pause.addEventListener("click", () => reading.pause(!reading.paused));
  clock.every(() => reading.settle());
  return reading;
}

/** What one does with a contribution: reply, endorse, withdraw. */
function act(composer, failed) {
  const does = {
    reply: (number) => composer.reply(number),
    endorse: async (number, button) => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      const reply = await stream.ask({ do: "endorse", contribution: number, on });
      if (!reply.ok) button.setAttribute("aria-pressed", String(!on));
      return reply;
    },
    withdraw: async (number) => {
      if (await ask(at("sure-withdraw"))) return stream.ask({ do: "withdraw", contribution: number });
    },
  };
  at("threads").addEventListener("click", async (event) => {
    const button = event.target.closest("[data-act]");
    const article = button?.closest("[data-contribution]");
    if (!article) return;
    event.preventDefault(); // it sends a plain form where there is no script
    await store.ready;
    const reply = await does[button.dataset.act]?.(Number(article.dataset.contribution), button);
    if (reply?.ok === false) failed(reply.message ?? word("offline"));
  });
}

function join() {
  const links = document.querySelectorAll(`#join-link, #reading [data-part="join"]`);
  new Joining({ links, api, slug, store, joined: () => location.reload() });
  store.watch(({ state }) => {
    const { you, debate } = state;
    const open = !you && debate.door !== "shut" && ["lobby", "live", "paused", "wrap_up"].includes(debate.phase);
    for (const link of links) show(link, open);
  });
}
