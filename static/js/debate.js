/**
 * The debate page: puts its parts together. What each does stands in its own module.
 */

import { allowed } from "./allowed.js";
import { Aloud } from "./aloud.js";
import { ask } from "./ask.js";
import { callWith } from "./call.js";
import { circle } from "./circle.js";
import { Composer } from "./composer.js";
import { filters } from "./filters.js";
import { Floor } from "./floor.js";
import { keepFocus } from "./focus.js";
import { joining } from "./joining.js";
import { lines } from "./lines.js";
import { live } from "./live.js";
import { outbox } from "./outbox.js";
import { at, mark, offer, part, show, take, write } from "./parts.js";
import { Past } from "./past.js";
import { questions } from "./questions.js";
import { Reading } from "./reading.js";
import { ring } from "./ring.js";
import { reachable } from "./scrollable.js";
import { sending } from "./sending.js";
import { records, slug, snapshot } from "./server.js";
import { counted, word } from "./words.js";

const MANY = 50; // new ones waiting, beyond which the way to the newest leads past them

const mine = `${slug}.${document.body.dataset.you ?? ""}`; // what a browser keeps for one person of a debate

const { store, clock, stream } = live({ outbox: outbox(`fishbowl.outbox.${mine}`) });
const failed = lines({ store, clock, stream });
const side = document.querySelector(".side");

questions({ list: at("questions"), store, clock });
ring({ element: at("ring"), store, clock, sit: circle({ page: side, store, clock, give }) });
const floor = new Floor({
  store,
  list: at("threads"),
  own: (contribution) => posts.arrived(contribution),
  changed: () => show(at("empty"), !at("threads").querySelector(":scope > .thread:not([hidden]), .unsent")),
});
const composer = new Composer({
  form: at("composer"),
  closed: at("reading"),
  store,
  post(command) {
    reading.toEnd();
    return posts.post(command);
  },
  draftKey: `fishbowl.draft.${mine}`,
});
const posts = sending({ stream, store, floor, refused: (...refusal) => composer.takeBack(...refusal) });
const reading = read();
const showAsked = filters({ bar: at("filters"), shown: at("shown"), store, clock, floor });
const past = new Past({ store, floor, reading, button: at("earlier"), snapshot, records });
new Aloud({ log: at("log"), choice: at("aloud"), store, clock });
callWith(at("sound"), store);
reachable(side, part(at("ring"), "seats"), at("hands"));
composer.restore();
const refocus = keepFocus();
store.watch(refocus);
clock.every(refocus);

const numbered = (button) => Number(button.closest("[data-contribution]").dataset.contribution);
take(at("threads"), {
  async reply(button) {
    await store.ready;
    composer.reply(numbered(button));
  },
  async endorse(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    mark(button, "aria-pressed", String(on));
    const reply = await give({ do: "endorse", contribution: numbered(button), on }, button);
    if (!reply.ok) mark(button, "aria-pressed", String(!on));
  },
  async withdraw(button) {
    if (await ask(at("sure-withdraw"))) give({ do: "withdraw", contribution: numbered(button) }, button);
  },
});

const links = document.querySelectorAll(`#join-link, #reading [data-part="join"]`);
for (const link of links) store.watch(({ state }) => show(link, allowed(state).join));
joining({ links, store });

const ready = store.watch(() => {
  ready();
  posts.resume();
  showAsked();
  past.recall();
  if (!past.toHash()) reading.begin();
});
store.watch(({ state: { debate } }) => {
  if (debate.phase === "draft" || debate.phase === "announced") location.reload(); // that is another page
});
addEventListener("offline", () => stream.drop());
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
stream.start();

/** Give a command; `button` is what was pressed, and waits. A refusal is told. */
async function give(command, button) {
  mark(button, "aria-busy", "true");
  const reply = await stream.ask(command);
  mark(button, "aria-busy", null);
  if (!reply.ok) failed(reply.message ?? word("offline"));
  return reply;
}

/** The pause, the count of what waits, the way to the newest, and the answers that came further up. */
function read() {
  const [waiting, pause] = [at("waiting"), at("pause")];
  const reading = new Reading({
    box: at("stream"),
    list: at("threads"),
    place: (things) => floor.place(things),
    next: () => past.later(),
    newest: () => floor.toNewest(),
    changed() {
      const n = floor.counts(reading.waiting) + reading.between;
      const further = reading.further.length;
      const newest = (reading.away && (!n || n >= MANY)) || reading.far;
      offer(waiting, { release: n && !reading.paused, newest, further });
      const waits = counted(reading.between ? "waiting.later" : "waiting.new", n);
      write(waiting, { new: waits, further: counted("waiting.further", further) });
      mark(pause, "aria-pressed", String(reading.paused));
      write(pause, { said: reading.paused ? (n ? counted("waiting.paused", n) : word("resume")) : word("pause") });
    },
  });
  floor.reading = reading;
  take(waiting, {
    release: () => reading.release(),
    further: () => reading.goFurther(),
    newest: () => reading.toEnd(),
  });
  pause.addEventListener("click", () => reading.pause(!reading.paused));
  clock.every(() => reading.settle());
  return reading;
}
