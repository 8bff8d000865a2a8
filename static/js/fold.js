/**
 * How each record changes a debate's state, as fishbowl/debate/evolve.py has it for the server.
 *
 * Knows no page. A record is a fact and is taken as it is; a type that is not here changes nothing shown.
 */

/** Phases in which clocks run, unless the floor is frozen. */
export const RUNNING = new Set(["lobby", "live", "wrap_up"]);
/** Phases in which there is a circle, so that a clock standing still is told. */
const CIRCLE = new Set([...RUNNING, "paused"]);
const HOLDING = new Set(["taken", "leaving", "away"]);
const BACKSTAGE = new Set(["chair", "moderator", "organiser"]);
/** Roles that `people` lists. */
const LISTED = new Set(["participant", "speaker", "chair", "moderator"]);

/** Fold `record` into the store's state. */
export function fold(store, record) {
  const [noun, verb] = record.type.split(".");
  const does = CHANGES[noun]?.[verb];
  const thing = does && store[noun](record[noun]);
  if (thing) does(thing, record, store);
  FOLDS[record.type]?.(store.state, record, store);
}

/** Where each person stands, once records are folded: `seat`, what their hand tells of them, the same of `you`. */
export function place({ debate, seats, hands, people, you }) {
  const held = new Map(seats.filter(({ state }) => HOLDING.has(state)).map(({ person, seat }) => [person, seat]));
  const known = new Map(people.map((one) => [one.person, one]));
  for (const one of people) set(one, "seat", held.get(one.person));
  for (const one of you ? [...hands, you] : hands) {
    const person = known.get(one.person);
    if (person) Object.assign(one, { seated: person.seated, contributions: person.contributions });
  }
  hands.sort(SERVED[debate.rules.entry] ?? byTime);
  if (!you) return;
  const mine = ({ person }) => person === you.person;
  set(you, "seat", held.get(you.person));
  set(you, "hand", hands.findIndex(mine) + 1 || null);
  set(you, "offered", seats.find((seat) => seat.state === "offered" && mine(seat))?.seat);
}

/** Hands in serving order: speakers whose seat is lent, then by time. */
const byTime = (one, other) => !one.first - !other.first || one.seq - other.seq;
const SERVED = {
  least_heard: (one, other) =>
    !one.first - !other.first ||
    one.seated - other.seated ||
    one.contributions - other.contributions ||
    one.seq - other.seq,
};

/** Set what is there, leave out what is not, as the wire does. */
function set(thing, field, value) {
  if (value === undefined || value === null) delete thing[field];
  else thing[field] = value;
}

function change(thing, fields) {
  for (const [field, value] of Object.entries(fields)) set(thing, field, value);
}

/** What a record says of its own, beside what every record says. */
function told({ type: _, seq: __, at: ___, by: ____, ...fields }) {
  return fields;
}

function later(time, milliseconds) {
  return new Date(Date.parse(time) + milliseconds).toISOString();
}

function minutesAfter(time, minutes) {
  return later(time, minutes * 60_000);
}

/** Every running clock ends later by the time clocks stood still. */
function moveClocks({ seats, circle_full: full, debate }, stoodStill) {
  if (!stoodStill) return;
  for (const clock of full ? [...seats, full] : seats) if (clock.until) clock.until = later(clock.until, stoodStill);
  if (debate.ends_at) debate.ends_at = later(debate.ends_at, stoodStill);
}

/** Clocks run or stand still from `at` on, and with them the time of the question in focus. */
function startOrStop({ debate, questions }, at) {
  const running = RUNNING.has(debate.phase) && !debate.frozen;
  if (running || !CIRCLE.has(debate.phase)) delete debate.stopped_since;
  else debate.stopped_since ??= at;
  for (const question of questions) {
    set(question, "since", question.focus && running && debate.phase === "live" ? at : null);
  }
}

/** Credit the question in focus with the time up to `at`. */
function countFocus({ questions }, at) {
  for (const question of questions.filter((one) => one.since)) {
    const spent = Math.max(0, Date.parse(at) - Date.parse(question.since));
    question.focus_seconds = (Math.round(question.focus_seconds * 1000) + spent) / 1000;
    question.since = at;
  }
}

function arrive({ people }, record) {
  people.push({ ...told(record), seated: 0, contributions: 0 });
}

/** A contribution as it stands in a snapshot; one that was held takes the place of what we knew of it. */
function arrived(state, record, store) {
  const contribution = { ...told(record), seq: record.seq, at: record.at, endorsements: 0 };
  store.add(contribution);
  return contribution;
}

/** A seat begins anew as `state`, with nothing left of what it was. */
function become(seat, state, facts) {
  for (const field of ["person", "name", "since", "until", "closing"]) delete seat[field];
  Object.assign(seat, { state }, facts);
}

/** Change a contribution, and with it what its questions count: what stands there for all to read. */
function recount(store, contribution, changes) {
  if (contribution.status === "posted") store.count(contribution, -1);
  Object.assign(contribution, changes);
  if (contribution.status === "posted") store.count(contribution, +1);
}

/** What a record changes in the one thing it is about, by noun and verb; of a thing we do not hold, nothing. */
const CHANGES = {
  person: {
    left({ role }, { person }, { state }) {
      if (role !== "participant") return; // speakers, chairs and moderators stay listed
      place(state); // what the list knew of them stays with `you`
      state.people = state.people.filter((one) => one.person !== person);
      state.joined -= 1;
    },
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
    leaving(seat, { until, closing }) {
      Object.assign(seat, { state: "leaving", until });
      set(seat, "closing", closing || null);
    },
    away: (seat, { until }) => Object.assign(seat, { state: "away", until }),
    back(seat) {
      seat.state = "taken";
      delete seat.until;
    },
    extended: (seat, { until }) => Object.assign(seat, { until }),
  },
  question: {
    edited: (question, record) => change(question, told(record)),
  },
  contribution: {
    refused: (one, { status, reason, note }, store) => {
      recount(store, one, { status });
      change(one, { reason, note, why: null, usual_wait: null });
    },
    // A hidden text stays with chair, moderators and organiser.
    hidden: (one, _, store) =>
      recount(store, one, { status: "hidden", ...(BACKSTAGE.has(store.state.you?.role) ? {} : GONE) }),
    withdrawn: (one, _, store) => recount(store, one, { status: "withdrawn", ...GONE }),
    restored: (one, { text, entities, tags, status }, store) => recount(store, one, { text, entities, tags, status }),
    highlighted: (one, { on }) => set(one, "highlighted", on || null),
    endorsed(one, { endorsements, by, on }, { state }) {
      one.endorsements = endorsements;
      if (by === state.you?.person) set(one, "endorsed", on || null);
    },
  },
};
const GONE = { text: null, entities: null };

/** What a record changes in the debate as a whole, by its type. */
const FOLDS = {
  "debate.changed"({ debate }, record) {
    const changes = told(record);
    if (changes.minutes !== undefined && debate.ends_at) {
      debate.ends_at = minutesAfter(debate.ends_at, changes.minutes - debate.minutes);
    }
    change(debate, changes);
  },
  "phase.moved"(state, { at, phase, stood_still: stoodStill }) {
    const { debate } = state;
    countFocus(state, at);
    moveClocks(state, stoodStill);
    debate.phase = phase;
    if (phase === "live" && !debate.started_at) {
      debate.started_at = at;
      debate.ends_at = minutesAfter(at, debate.minutes);
    }
    if (phase === "correction") {
      debate.archive_at = minutesAfter(at, debate.rules.correction_hours * 60);
      for (const seat of state.seats) if (seat.state !== "closed") become(seat, "free");
      Object.assign(state, { hands: [], circle_full: null });
    } else if (phase !== "archived") delete debate.archive_at;
    startOrStop(state, at);
  },
  "rules.changed"({ debate }, { rules }) {
    if (debate.archive_at) {
      const hours = rules.correction_hours - debate.rules.correction_hours;
      debate.archive_at = minutesAfter(debate.archive_at, hours * 60);
    }
    debate.rules = rules;
  },
  "door.set"({ debate }, { door, join_code: code }) {
    debate.door = door;
    set(debate, "join_code", code);
  },
  "service.resumed"(state, { at, since, stood_still: stoodStill }) {
    countFocus(state, since);
    moveClocks(state, stoodStill);
    startOrStop(state, at);
  },

  "person.invited"(state, record) {
    if (LISTED.has(record.role)) arrive(state, record);
  },
  "person.joined"(state, record) {
    arrive(state, record);
    state.joined += 1;
  },

  "seat.opened"(state, { seat: number, kind, person }) {
    const seat = { seat: number, kind, state: "free" };
    set(seat, "speaker", person);
    state.seats = [...state.seats.filter((other) => other.seat !== number), seat];
    state.seats.sort((one, other) => one.seat - other.seat);
  },

  "hand.raised"({ hands }, record) {
    const hand = { ...told(record), at: record.at, seq: record.seq };
    set(hand, "first", hand.first || null);
    hands.push(hand);
  },
  "hand.lowered"(state, { person }) {
    state.hands = state.hands.filter((hand) => hand.person !== person);
  },
  "circle.full"(state, { until, seats }) {
    state.circle_full = { until, seats, left_to_chair: false };
  },
  "circle.left_to_chair"({ circle_full: full }) {
    if (full) full.left_to_chair = true;
  },
  "circle.eased"(state) {
    state.circle_full = null;
  },

  "question.added"({ questions }, record, store) {
    // A contribution is served as it is tagged by now: it may have come before its question.
    questions.push({ ...told(record), focus: false, ...store.known(record.question), focus_seconds: 0 });
  },
  "question.focused"(state, { at, question: number }) {
    countFocus(state, at);
    for (const question of state.questions) question.focus = question.question === number;
    startOrStop(state, at);
  },

  "contribution.held": arrived,
  "contribution.posted"(state, record, store) {
    const contribution = arrived(state, record, store);
    if (contribution.status === "posted") store.count(contribution, +1);
    const author = store.person(contribution.author.person);
    if (author) author.contributions += 1;
  },
  "contribution.tagged"(state, { contribution, tags, replies = [] }, store) {
    const inherited = tags.map((tag) => ({ ...tag, source: "thread" }));
    for (const number of [contribution, ...replies]) {
      const one = store.contribution(number);
      if (one) recount(store, one, { tags: number === contribution ? tags : inherited });
    }
  },

  "floor.frozen"(state, { at }) {
    countFocus(state, at);
    state.debate.frozen = true;
    startOrStop(state, at);
  },
  "floor.thawed"(state, { at, stood_still: stoodStill }) {
    moveClocks(state, stoodStill);
    state.debate.frozen = false;
    startOrStop(state, at);
  },
  "announcement.made"(state, { at, text = null }) {
    state.announcement = { text, at };
  },
};
