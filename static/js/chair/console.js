/**
 * The chair's console, put together: one store, one stream, one clock; panes that show what the store says.
 *
 * Several chairs may work at once: nothing is shown that is not in the store, whoever did it.
 */

import { aloud } from "../aloud.js";
import { composer } from "../composer.js";
import { connectionLine } from "../connection.js";
import { tellSilence } from "../lines.js";
import { live } from "../live.js";
import "../menus.js";
import { at, mark } from "../parts.js";
import { ring } from "../ring.js";
import { slug, snapshot } from "../server.js";
import { acts, sentence } from "./acts.js";
import "./backstage.js";
import { asked as askedNow } from "./asked.js";
import { circle } from "./circle.js";
import { course } from "./course.js";
import { desk } from "./desk.js";
import { floor } from "./floor.js";
import { head } from "./head.js";
import { listen } from "./keyboard.js";
import { showKeys } from "./keylist.js";
import { names } from "./names.js";
import { people } from "./people.js";
import { questions } from "./questions.js";
import { room } from "./room.js";
import { unsure } from "./unsure.js";
import { waiting } from "./waiting.js";

const { store, clock, stream } = live();
let [card, persons, summary, groups] = []; // what few evenings need is loaded when it is asked for
const writing = composer({
  form: at("composer"),
  store,
  draftKey: `fishbowl.draft.${slug}.console`,
  post: async (command) => {
    const reply = await stream.ask(command);
    if (!reply.ok) writing.takeBack(command, { ...reply, message: sentence(reply) });
  },
});
const doing = acts({ store, stream, clock });
const moderate = async (person) => {
  persons ??= (await import("./person.js")).persons({ store, clock, acts: doing });
  await persons.ask(person);
};
const everybody = people({ store, acts: doing, moderate });
const steering = head({ store, clock, acts: doing });
const seats = circle({ store, clock, acts: doing, people: everybody });
const asked = questions({ store, stream, clock, acts: doing });
const talk = room({ store, stream, acts: doing });
let entrance = null;
const letIn = async (does) => {
  if (!entrance && !store.state?.waiting?.length) return;
  entrance ??= import("./door.js").then(({ door }) => door({ store, clock, acts: doing }));
  does(await entrance);
};
const called = names({ store, acts: doing });
const read = floor({
  store,
  older: (before) => snapshot({ before }).then(({ contributions }) => contributions, () => doing.fail({})),
  chose: () => work.show(store.state),
});
const work = desk({ store, acts: doing, writing, chosen: () => read.chosen });
const queue = waiting({ store, read });
const going = course({ store, clock, read });
const guesses = unsure({ store, read, acts: doing });
const put = askedNow({ store, clock, acts: doing });
ring({ element: at("ring"), store, clock });
aloud({ log: at("log"), choice: at("aloud"), store, clock });
connectionLine({ line: at("connection"), stream });

store.watch(({ state, records }) => {
  for (const pane of [steering, seats, asked, talk, called, everybody, queue, guesses]) pane.show(state);
  letIn((door) => door.show(store.state));
  put.show(state, records);
  read.show(state, records);
  work.show(state);
  going.show();
  tellSilence(at("closed"), state);
});

/** Bring a pane to the front, where they are tabs; elsewhere all are in sight. */
function bring(name) {
  document.body.dataset.pane = name;
  for (const tab of at("panes").children) mark(tab, { "aria-pressed": tab.dataset.show === name });
}

const does = {
  down: () => read.step(+1),
  up: () => read.step(-1),
  tag: ({ question, add }) => work.tag(question, add),
  untag: work.untag,
  unthread: work.unthread,
  hide: work.hide,
  release: work.release,
  unanswered: going.next,
  refuse: work.refuse,
  resolve: work.resolve,
  waiting: queue.next,
  unsure: guesses.next,
  person: () => read.chosen && moderate(read.chosen.author.person),
  highlight: work.highlight,
  carry_in: work.carryIn,
  reply: work.reply,
  compose: () => at("text").focus(),
  next: asked.next,
  back: asked.back,
  to_asked: put.take,
  seat_first: seats.seatFirst,
  open_seat: seats.openSeat,
  invite: () => everybody.open(),
  async round() {
    if (!seats.steers) return;
    groups ??= (await import("./rounds.js")).rounds({ store, acts: doing });
    await groups.begin();
  },
  freeze: steering.freeze,
  announce() {
    bring("room");
    talk.announce();
  },
  let_in: () => letIn((door) => door.admitFirst(true)),
  turn_away: () => letIn((door) => door.admitFirst(false)),
  undo: doing.undo,
  newest: read.toNewest,
  keys: showKeys,
  async rules() {
    card ??= (await import("./rules.js")).rules({ store, acts: doing });
    await card.change();
  },
  async sum_up() {
    summary ??= (await import("./summing.js")).summing({ store, stream, acts: doing });
    await summary.open();
  },
  leave: read.take,
};
listen(does);

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.show) bring(button.dataset.show);
  else if (button?.closest("#desk-acts, #undo, #to-asked, .beside, .more")) does[button.dataset.act]?.({});
  else if (button?.dataset.act === "people") everybody.see();
});

stream.start();
writing.restore();
