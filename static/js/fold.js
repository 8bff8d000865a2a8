/**
 * How each record changes a debate's state, as fishbowl/debate/evolve.py has it for the server.
 *
 * Knows no page. A record is a fact and is taken as it is; a type that is not here changes nothing shown.
 */

import { HELD, RUNNING } from "./allowed.js";

const BACKSTAGE = new Set(["chair", "moderator", "organiser"]);
/** Roles that `people` lists. */
const LISTED = new Set(["participant", "speaker", "chair", "moderator"]);
/** Records with which clocks begin to run, or stand still: by noun, or by their whole type. */
const CLOCKS = new Set(["phase", "floor", "service", "question.focused"]);

/** Fold `record` into the store's state. */
export function fold(store, record) {
  const { type, at, stood_still: stoodStill } = record;
  const [noun, verb] = type.split(".");
  const clocks = CLOCKS.has(noun) || CLOCKS.has(type);
  if (clocks) {
    countFocus(store.state, record.since ?? at);
    if (stoodStill) moveClocks(store.state, stoodStill);
  }
  const does = CHANGES[noun]?.[verb];
  const thing = does && store[noun](record[noun]);
  if (thing) does(thing, record, store);
  FOLDS[type]?.(store.state, record, store);
  if (clocks) startOrStop(store.state, at);
}

/** Where each person stands, once records are folded: `seat`, what their hand tells of them, the same of `you`. */
export function place({ debate, seats, hands, people, you }) {
  const held = new Map(seats.filter(({ state }) => HELD.has(state)).map(({ person, seat }) => [person, seat]));
  const known = new Map(people.map((one) => [one.person, one]));
  for (const one of people) change(one, { seat: held.get(one.person) });
  for (const one of you ? [...hands, you] : hands) {
    const person = known.get(one.person);
    if (person) Object.assign(one, { seated: person.seated, contributions: person.contributions });
  }
  hands.sort(SERVED[debate.rules.entry] ?? byTime);
  if (!you) return;
  const mine = ({ person }) => person === you.person;
  change(you, {
    seat: held.get(you.person),
    hand: hands.findIndex(mine) + 1 || null,
    offered: seats.find((seat) => seat.state === "offered" && mine(seat))?.seat,
  });
}

/** Hands in serving order: speakers whose seat is lent, then by time; or before that by how much was heard of them. */
const byTime = (one, other) => !one.first - !other.first || one.seq - other.seq;
const SERVED = {
  least_heard: (one, other) =>
    !one.first - !other.first ||
    one.seated - other.seated ||
    one.contributions - other.contributions ||
    byTime(one, other),
};

/** Set what is there, leave out what is not, as the wire does. */
export function change(thing, fields) {
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null) delete thing[field];
    else thing[field] = value;
  }
}

/** What a record says of its own, beside what every record says. */
function told({ type: _, seq: __, at: ___, by: ____, on: _____, ...fields }) {
  return fields;
}

function later(time, milliseconds) {
  return new Date(Date.parse(time) + milliseconds).toISOString();
}

function minutesAfter(time, minutes) {
  return later(time, minutes * 60_000);
}

/** Every running clock ends later by the time clocks stood still. */
function moveClocks({ seats, circle_full: full, round, debate }, stoodStill) {
  for (const clock of [...seats, full, round]) if (clock?.until) clock.until = later(clock.until, stoodStill);
  if (debate.ends_at) debate.ends_at = later(debate.ends_at, stoodStill);
}

/** Clocks run or stand still from `at` on, and with them the time of the question in focus. */
function startOrStop({ debate, questions }, at) {
  const { phase, frozen } = debate;
  const running = RUNNING.has(phase) && !frozen;
  if (running || !(RUNNING.has(phase) || phase === "paused")) delete debate.stopped_since;
  else debate.stopped_since ??= at;
  for (const question of questions) change(question, { since: question.focus && running && phase === "live" ? at : null });
}

/** Credit the question in focus with the time up to `at`. */
function countFocus({ questions }, at) {
  for (const question of questions.filter((one) => one.since)) {
    const spent = Math.max(0, Date.parse(at) - Date.parse(question.since));
    question.focus_seconds = (Math.round(question.focus_seconds * 1000) + spent) / 1000;
    question.since = at;
  }
}

/** The same person, wherever they stand. */
function call({ people, contributions, you }, person, names) {
  for (const one of [...people, ...contributions.map(({ author }) => author), you]) {
    if (one?.person === person) Object.assign(one, names);
  }
}

/** What somebody asked to be called, and what became of it; only they and the moderators hear of it. */
function ask({ people, you }, person, { asked_name, name_refused }) {
  for (const one of [...people, you]) if (one?.person === person) change(one, { asked_name, name_refused });
}

/** Somebody is in the list of this name no more. */
function drop(state, list, { person }) {
  state[list] = state[list].filter((one) => one.person !== person);
}

function arrive({ people }, record) {
  people.push({ ...told(record), seated: 0, contributions: 0 });
}

/** A contribution as it stands in a snapshot; one that was held takes the place of what we knew of it. */
function arrived(_, record, store) {
  const contribution = { ...told(record), seq: record.seq, at: record.at, endorsements: 0 };
  store.add(contribution);
  return contribution;
}

/** A seat begins anew as `state`, with nothing left of what it was. */
function become(seat, state, facts) {
  for (const field of ["person", "name", "since", "until", "closing"]) delete seat[field];
  Object.assign(seat, { state }, facts);
}

/** Change a contribution, and with it what its questions count. */
function recount(store, contribution, changes) {
  store.count(contribution, -1);
  Object.assign(contribution, changes);
  store.count(contribution, +1);
}

const GONE = { text: null, entities: null };

/** A contribution's text goes for good. */
const goes = (status) => (one, _, store) => {
  recount(store, one, { status, ...GONE });
  change(one, { why: null, usual_wait: null });
};

/** A question takes its place, from 1 on, among those that stand; without one it is among them no more. */
function putQuestion(state, question, place) {
  state.questions = state.questions.filter((one) => one !== question);
  if (place) state.questions.splice(place - 1, 0, question);
}

/** What a record changes in the one thing it is about, by noun and verb; of a thing we do not hold, nothing. */
const CHANGES = {
  person: {
    left({ role }, record, { state }) {
      if (role !== "participant") return; // speakers, chairs and moderators stay listed
      place(state); // what the list knew of them stays with `you`
      drop(state, "people", record);
      state.joined -= 1;
    },
    replaced: (_, record, { state }) => drop(state, "people", record),
  },
  seat: {
    closed: (seat) => become(seat, "closed"),
    lent: (seat) => become(seat, "lent"),
    freed: (seat, { state }) => become(seat, state),
    offered(seat, { person, name, until, at }, { resting }) {
      resting.set(seat.seat, seat.state);
      become(seat, "offered", { person, name, until, since: at });
    },
    // An offer older than our snapshot: a reserved seat is offered while lent.
    declined: (seat, _, { resting }) =>
      become(seat, resting.get(seat.seat) ?? (seat.kind === "reserved" ? "lent" : "free")),
    taken(seat, { person, name, at }, store) {
      become(seat, "taken", { person, name, since: at });
      const holder = store.person(person);
      if (holder) holder.seated += 1;
    },
    leaving: (seat, { until, closing }) => change(seat, { state: "leaving", until, closing: closing || null }),
    away: (seat, { until }) => change(seat, { state: "away", until }),
    back: (seat) => change(seat, { state: "taken", until: null }),
    extended: (seat, { until }) => change(seat, { until }),
  },
  question: {
    edited: (question, record) => change(question, told(record)),
    moved: (question, { to }, { state }) => putQuestion(state, question, to),
    dropped: (question, _, { state }) => putQuestion(state, question),
  },
  contribution: {
    refused(one, { status, reason, note, seq, at }, store) {
      recount(store, one, { status, seq, at });
      change(one, { reason, note, why: null, usual_wait: null });
    },
    // A hidden text stays with chair, moderators and organiser.
    hidden: (one, _, store) =>
      recount(store, one, { status: "hidden", ...(BACKSTAGE.has(store.state.you?.role) ? {} : GONE) }),
    withdrawn: goes("withdrawn"),
    erased: goes("erased"),
    restored: (one, { text, entities, tags, status }, store) => recount(store, one, { text, entities, tags, status }),
    highlighted: (one, { on }) => change(one, { highlighted: on || null }),
    endorsed(one, { endorsements, by, on }, { state }) {
      one.endorsements = endorsements;
      if (by === state.you?.person) change(one, { endorsed: on || null });
    },
  },
};

/** What a record changes in the debate as a whole, by its type. */
export const FOLDS = {
  "debate.changed"({ debate }, record) {
    const changes = told(record);
    if (changes.minutes !== undefined && debate.ends_at) {
      debate.ends_at = minutesAfter(debate.ends_at, changes.minutes - debate.minutes);
    }
    change(debate, changes);
  },
  "phase.moved"(state, { at, phase }) {
    const { debate, seats } = state;
    debate.phase = phase;
    if (phase === "live" && !debate.started_at) {
      debate.started_at = at;
      debate.ends_at = minutesAfter(at, debate.minutes);
    }
    if (phase === "correction") {
      debate.archive_at = minutesAfter(at, debate.rules.correction_hours * 60);
      for (const seat of seats) if (seat.state !== "closed") become(seat, "free");
      Object.assign(state, { hands: [], circle_full: null, round: null });
    } else if (phase !== "archived") delete debate.archive_at;
  },
  "rules.changed"({ debate }, { rules }) {
    if (debate.archive_at) {
      const hours = rules.correction_hours - debate.rules.correction_hours;
      debate.archive_at = minutesAfter(debate.archive_at, hours * 60);
    }
    debate.rules = rules;
  },
  "door.set": ({ debate }, { door, join_code }) => change(debate, { door, join_code }),

  "person.invited"(state, record) {
    if (LISTED.has(record.role)) arrive(state, record);
  },
  "person.joined"(state, record) {
    arrive(state, record);
    state.joined += 1;
  },
  "person.renamed"(state, { person, name, handle }) {
    call(state, person, { name, handle });
    ask(state, person, {});
    for (const one of [...state.seats, ...state.hands]) if (one.person === person) one.name = name;
  },
  "name.held": (state, { person, asked }) => ask(state, person, { asked_name: asked }),
  "name.refused": (state, { person, reason }) => ask(state, person, { name_refused: reason ?? "other" }),
  "person.erased"(state, { person }, store) {
    call(state, person, { name: null, handle: null });
    ask(state, person, {});
    change(store.person(person) ?? {}, { bio: null, affiliation: null });
    for (const seat of state.seats) if (seat.person === person) delete seat.name;
    for (const hand of state.hands) if (hand.person === person) hand.name = null;
  },

  "seat.opened"(state, { seat: number, kind, person }) {
    const seat = { seat: number, kind, state: "free" };
    change(seat, { speaker: person });
    state.seats = [...state.seats.filter((other) => other.seat !== number), seat];
    state.seats.sort((one, other) => one.seat - other.seat);
  },

  "hand.raised"({ hands }, record) {
    const hand = { ...told(record), at: record.at, seq: record.seq };
    change(hand, { first: hand.first || null });
    hands.push(hand);
  },
  "hand.lowered": (state, record) => drop(state, "hands", record),
  "circle.full"(state, { until, seats }) {
    state.circle_full = { until, seats, left_to_chair: false };
  },
  "circle.left_to_chair"({ circle_full: full }) {
    if (full) full.left_to_chair = true;
  },
  "circle.eased"(state) {
    state.circle_full = null;
  },

  "round.started"(state, { at, until, title }) {
    state.round = { since: at, until, title };
  },
  "round.extended": ({ round }, record) => change(round, told(record)),
  "round.ended"(state) {
    state.round = null;
  },

  "question.added"({ questions }, record, store) {
    // A contribution is served as it is tagged by now: it may have come before its question.
    questions.push({ ...told(record), focus: false, ...store.known(record.question), focus_seconds: 0 });
  },
  "question.focused"({ questions }, { question: number }) {
    for (const question of questions) question.focus = question.question === number;
  },

  "question.summarised"({ debate, questions }, { question: number, text }) {
    change(number ? questions.find(({ question }) => question === number) : debate, { summary: text });
  },

  "contribution.held": arrived,
  "contribution.refused"(state, record, store) {
    // The organiser reads what was refused, and knew nothing of it while it was held.
    if (!store.contribution(record.contribution)) arrived(state, record, store);
  },
  "contribution.posted"(state, record, store) {
    const contribution = arrived(state, record, store);
    change(contribution, { reason: null, note: null }); // of its release, which is over
    const author = store.person(contribution.author.person);
    if (author) author.contributions += 1;
  },
  "contribution.tagged"(_, { contribution, tags, replies = [] }, store) {
    const inherited = tags.map((tag) => ({ ...tag, source: "thread" }));
    for (const number of [contribution, ...replies]) {
      const one = store.contribution(number);
      if (one) recount(store, one, { tags: number === contribution ? tags : inherited });
    }
  },
  "contribution.threaded"(state, record, store) {
    const { contribution: number, reply_to, root, path, was } = record;
    for (const one of store.under(was)) Object.assign(one, { root, path: path + one.path.slice(was.length) });
    const moved = store.contribution(number);
    if (moved) change(moved, { reply_to, inferred: false });
    FOLDS["contribution.tagged"](state, record, store);
  },

  "floor.frozen"({ debate }) {
    debate.frozen = true;
  },
  "floor.thawed"({ debate }) {
    debate.frozen = false;
  },
  "announcement.made"(state, { at, text = null }) {
    state.announcement = { text, at };
  },
};

// Whoever waits hears more, and the backstage: admitted.js.
FOLDS["person.admitted"] = FOLDS["person.joined"];
