/**
 * The chair's console, put together: one store, one stream, one clock; panes that show what the store says.
 *
 * Several chairs may work at once: nothing is shown that is not in the store, whoever did it.
 */

import { Aloud } from "../aloud.js";
import { Composer } from "../composer.js";
import { ConnectionLine } from "../connection.js";
import { live } from "../live.js";
import "../menus.js";
import { at, mark } from "../parts.js";
import { ring } from "../ring.js";
import { slug, snapshot } from "../server.js";
import { Acts } from "./acts.js";
import { Circle } from "./circle.js";
import { Desk } from "./desk.js";
import { Floor } from "./floor.js";
import { Head } from "./head.js";
import { listen } from "./keyboard.js";
import { showKeys } from "./keylist.js";
import { People } from "./people.js";
import { Questions } from "./questions.js";
import { Room } from "./room.js";
import { Rules } from "./rules.js";

const { store, clock, stream } = live();
const composer = new Composer({
  form: at("composer"),
  closed: at("closed"),
  store,
  draftKey: `fishbowl.draft.${slug}.console`,
  post: async (command) => {
    const reply = await stream.ask(command);
    if (!reply.ok) composer.takeBack(command, { ...reply, message: Acts.sentence(reply) });
  },
});
const acts = new Acts({ store, stream, clock });
const people = new People({ store, acts });
const head = new Head({ store, clock, acts });
const circle = new Circle({ store, clock, acts, people });
const questions = new Questions({ store, stream, clock, acts });
const room = new Room({ store, stream, acts });
const rules = new Rules({ store, acts });
const floor = new Floor({
  store,
  older: (before) => snapshot({ before }).then(({ contributions }) => contributions, () => acts.fail({})),
  chose: () => desk.show(store.state),
});
const desk = new Desk({ store, acts, composer, chosen: () => floor.chosen });
ring({ element: at("ring"), store, clock });
new Aloud({ log: at("log"), choice: at("aloud"), store, clock });
new ConnectionLine({ line: at("connection"), stream });

store.watch(({ state, records }) => {
  for (const pane of [head, circle, questions, room, rules, people]) pane.show(state);
  floor.show(state, records);
  desk.show(state);
});

/** Bring a pane to the front, where they are tabs; elsewhere all are in sight. */
function bring(name) {
  document.body.dataset.pane = name;
  for (const tab of at("panes").children) mark(tab, "aria-pressed", String(tab.dataset.show === name));
}

const does = {
  down: () => floor.step(+1),
  up: () => floor.step(-1),
  tag: ({ question, add }) => desk.tag(question, add),
  untag: () => desk.untag(),
  hide: () => desk.hide(),
  highlight: () => desk.highlight(),
  reply: () => desk.reply(),
  compose: () => at("text").focus(),
  next: () => questions.next(),
  back: () => questions.back(),
  seat_first: () => circle.seatFirst(),
  open_seat: () => circle.openSeat(),
  invite: () => people.open(),
  freeze: () => head.freeze(),
  announce: () => {
    bring("room");
    room.announce();
  },
  undo: () => acts.undo(),
  newest: () => floor.toNewest(),
  keys: showKeys,
  rules: () => rules.change(),
  leave: () => floor.take(),
};
listen(does);

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.show) bring(button.dataset.show);
  else if (button?.closest("#desk-acts, #undo, .beside, .more")) does[button.dataset.act]?.({});
  else if (button?.dataset.act === "people") people.see();
});

stream.start();
composer.restore();
