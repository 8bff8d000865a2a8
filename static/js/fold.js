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

/** Where each person stands: `seat` of people, what their hand tells of them, and the same of `you`. */
export function place(state) {
  const held = new Map(state.seats.filter((seat) => HOLDING.has(seat.state)).map((seat) => [seat.person, seat.seat]));
  const people = new Map(state.people.map((person) => [person.person, person]));
  for (const person of state.people) set(person, "seat", held.get(person.person));
  for (const hand of state.hands) Object.assign(hand, picked(people.get(hand.person) ?? {}, ["seated", "contributions"]));
  const { you } = state;
  if (!you) return;
  set(you, "seat", held.get(you.person));
  Object.assign(you, picked(people.get(you.person) ?? {}, ["seated", "contributions"]));
  const line = state.hands.findIndex((hand) => hand.person === you.person);
  set(you, "hand", line < 0 ? undefined : line + 1);
  set(you, "offered", state.seats.find((seat) => seat.state === "offered" && seat.person === you.person)?.seat);
}

/** Set what is there, leave out what is not, as the wire does. */
function set(thing, field, value) {
  if (value === undefined || value === null) delete thing[field];
  else thing[field] = value;
}

function later(time, milliseconds) {
  return new Date(Date.parse(time) + milliseconds).toISOString();
}

function minutesAfter(time, minutes) {
  return later(time, minutes * 60_000);
}

// The debate

/** Every running clock ends later by the time clocks stood still. */
function moveClocks(state, stoodStill) {
  if (!stoodStill) return;
  for (const seat of state.seats) if (seat.until) seat.until = later(seat.until, stoodStill);
  if (state.circle_full) state.circle_full.until = later(state.circle_full.until, stoodStill);
  if (state.debate.ends_at) state.debate.ends_at = later(state.debate.ends_at, stoodStill);
}

/** Clocks run or stand still from `at` on, and with them the time of the question in focus. */
function startOrStop(state, at) {
  const { debate } = state;
  const running = RUNNING.has(debate.phase) && !debate.frozen;
  if (running || !CIRCLE.has(debate.phase)) delete debate.stopped_since;
  else debate.stopped_since ??= at;
  for (const question of state.questions) {
    set(question, "since", question.focus && running && debate.phase === "live" ? at : undefined);
  }
}

/** Credit the question in focus with the time up to `at`. */
function countFocus(state, at) {
  for (const question of state.questions.filter((one) => one.since)) {
    const spent = Math.max(0, Date.parse(at) - Date.parse(question.since));
    question.focus_seconds = (Math.round(question.focus_seconds * 1000) + spent) / 1000;
    question.since = at;
  }
}

/** The circle is over: nobody sits, nobody waits. */
function dissolve(state) {
  for (const seat of state.seats) if (seat.state !== "closed") empty(seat, "free");
  state.hands.length = 0;
  state.circle_full = null;
}

// People

function arrive(state, record) {
  const person = picked(record, ["person", "name", "handle", "role", "bio", "affiliation"]);
  state.people.push({ ...person, seated: 0, contributions: 0 });
}

// Seats

function empty(seat, to) {
  for (const field of ["person", "name", "since", "until", "closing"]) delete seat[field];
  seat.state = to;
}

function emptied(to) {
  return function (state, record) {
    empty(this.seat(record.seat), to ?? record.state);
  };
}

/** Hands in serving order: speakers whose seat is lent, then by time. */
function intoLine(state, hand, first) {
  const behind = first ? state.hands.findIndex((other) => !other.first) : -1;
  if (behind < 0) state.hands.push(hand);
  else state.hands.splice(behind, 0, hand);
}

// Contributions

const CONTRIBUTION = [
  "contribution", "author", "circle", "seat", "text", "language", "entities", "reply_to", "root", "path", "tags",
];

function picked(record, fields) {
  return Object.fromEntries(fields.filter((field) => field in record).map((field) => [field, record[field]]));
}

/** The text is gone from here; a hidden one stays with chair, moderators and organiser. */
function hush(status) {
  return function (state, record) {
    const contribution = this.contribution(record.contribution);
    if (!contribution) return;
    if (contribution.status === "posted") this.count(contribution, -1);
    contribution.status = status;
    if (status === "hidden" && BACKSTAGE.has(state.you?.role)) return;
    Object.assign(contribution, { text: null, entities: null });
  };
}

function retag(store, number, tags) {
  const contribution = store.contribution(number);
  if (!contribution) return;
  const visible = contribution.status === "posted";
  if (visible) store.count(contribution, -1);
  contribution.tags = tags;
  if (visible) store.count(contribution, +1);
}

/** By type; called with `this` the store, the state and the record. */
export const FOLDS = {
  "debate.changed"(state, record) {
    const { type: _, seq: __, at: ___, by: ____, ...changes } = record;
    const { debate } = state;
    if (changes.minutes !== undefined && debate.ends_at) {
      debate.ends_at = minutesAfter(debate.ends_at, changes.minutes - debate.minutes);
    }
    for (const [field, value] of Object.entries(changes)) set(debate, field, value);
  },
  "phase.moved"(state, record) {
    const { debate } = state;
    countFocus(state, record.at);
    moveClocks(state, record.stood_still);
    debate.phase = record.phase;
    if (record.phase === "live" && !debate.started_at) {
      debate.started_at = record.at;
      debate.ends_at = minutesAfter(record.at, debate.minutes);
    }
    if (record.phase === "correction") {
      debate.archive_at = minutesAfter(record.at, debate.rules.correction_hours * 60);
      dissolve(state);
    } else if (record.phase !== "archived") delete debate.archive_at;
    startOrStop(state, record.at);
  },
  "rules.changed"(state, record) {
    const { debate } = state;
    if (debate.archive_at) {
      const hours = record.rules.correction_hours - debate.rules.correction_hours;
      debate.archive_at = minutesAfter(debate.archive_at, hours * 60);
    }
    debate.rules = record.rules;
  },
  "door.set"(state, record) {
    state.debate.door = record.door;
    set(state.debate, "join_code", record.join_code);
  },
  "service.resumed"(state, record) {
    countFocus(state, record.since);
    moveClocks(state, record.stood_still);
    startOrStop(state, record.at);
  },

  "person.invited"(state, record) {
    if (LISTED.has(record.role)) arrive(state, record);
  },
  "person.joined"(state, record) {
    arrive(state, record);
    state.joined += 1;
  },
  "person.left"(state, record) {
    const person = this.person(record.person);
    if (person?.role !== "participant") return; // speakers, chairs and moderators stay listed
    state.people.splice(state.people.indexOf(person), 1);
    state.joined -= 1;
  },

  "seat.opened"(state, record) {
    const seat = { seat: record.seat, kind: record.kind, state: "free" };
    set(seat, "speaker", record.person);
    state.seats = [...state.seats.filter((other) => other.seat !== record.seat), seat];
    state.seats.sort((one, other) => one.seat - other.seat);
  },
  "seat.closed": emptied("closed"),
  "seat.lent": emptied("lent"),
  "seat.freed": emptied(),
  "seat.offered"(state, record) {
    const seat = this.seat(record.seat);
    this.resting.set(seat.seat, seat.state);
    empty(seat, "offered");
    Object.assign(seat, picked(record, ["person", "name", "until"]), { since: record.at });
  },
  "seat.declined"(state, record) {
    const seat = this.seat(record.seat);
    // An offer older than our snapshot: a reserved seat is offered while lent.
    empty(seat, this.resting.get(seat.seat) ?? (seat.kind === "reserved" ? "lent" : "free"));
  },
  "seat.taken"(state, record) {
    const seat = this.seat(record.seat);
    empty(seat, "taken");
    Object.assign(seat, picked(record, ["person", "name"]), { since: record.at });
    const person = this.person(record.person);
    if (person) person.seated += 1;
  },
  "seat.leaving"(state, record) {
    const seat = this.seat(record.seat);
    Object.assign(seat, { state: "leaving", until: record.until });
    set(seat, "closing", record.closing || undefined);
  },
  "seat.away"(state, record) {
    Object.assign(this.seat(record.seat), { state: "away", until: record.until });
  },
  "seat.back"(state, record) {
    const seat = this.seat(record.seat);
    seat.state = "taken";
    delete seat.until;
  },
  "seat.extended"(state, record) {
    this.seat(record.seat).until = record.until;
  },

  "hand.raised"(state, record) {
    const hand = { ...picked(record, ["person", "name", "note"]), at: record.at };
    set(hand, "first", record.first || undefined);
    intoLine(state, hand, record.first);
  },
  "hand.lowered"(state, record) {
    state.hands = state.hands.filter((hand) => hand.person !== record.person);
  },
  "circle.full"(state, record) {
    state.circle_full = { until: record.until, seats: record.seats, left_to_chair: false };
  },
  "circle.left_to_chair"(state) {
    if (state.circle_full) state.circle_full.left_to_chair = true;
  },
  "circle.eased"(state) {
    state.circle_full = null;
  },

  "question.added"(state, record) {
    const question = { ...picked(record, ["question", "text", "minutes", "gloss"]), focus: false };
    // A contribution is served as it is tagged by now: it may have come before its question.
    state.questions.push({ ...question, ...this.known(record.question), focus_seconds: 0 });
  },
  "question.edited"(state, record) {
    const question = this.question(record.question);
    for (const field of ["text", "minutes", "gloss"]) if (field in record) set(question, field, record[field]);
  },
  "question.focused"(state, record) {
    countFocus(state, record.at);
    for (const question of state.questions) question.focus = question.question === record.question;
    startOrStop(state, record.at);
  },

  "contribution.posted"(state, record) {
    const contribution = {
      ...picked(record, CONTRIBUTION),
      seq: record.seq,
      at: record.at,
      status: record.status ?? "posted",
      endorsements: 0,
    };
    this.add(contribution);
    if (contribution.status === "posted") this.count(contribution, +1);
    const author = this.person(contribution.author.person);
    if (author) author.contributions += 1;
  },
  "contribution.restored"(state, record) {
    const contribution = this.contribution(record.contribution);
    if (!contribution) return;
    if (contribution.status === "posted") this.count(contribution, -1);
    Object.assign(contribution, picked(record, ["text", "entities", "tags"]), { status: record.status ?? "posted" });
    if (contribution.status === "posted") this.count(contribution, +1);
  },
  "contribution.hidden": hush("hidden"),
  "contribution.withdrawn": hush("withdrawn"),
  "contribution.tagged"(state, record) {
    retag(this, record.contribution, record.tags);
    const inherited = record.tags.map((tag) => ({ ...tag, source: "thread" }));
    for (const number of record.replies ?? []) retag(this, number, inherited);
  },
  "contribution.highlighted"(state, record) {
    const contribution = this.contribution(record.contribution);
    if (contribution) set(contribution, "highlighted", record.on || undefined);
  },
  "contribution.endorsed"(state, record) {
    const contribution = this.contribution(record.contribution);
    if (!contribution) return;
    contribution.endorsements = record.endorsements;
    if (state.you && record.by === state.you.person) set(contribution, "endorsed", record.on || undefined);
  },

  "floor.frozen"(state, record) {
    countFocus(state, record.at);
    state.debate.frozen = true;
    startOrStop(state, record.at);
  },
  "floor.thawed"(state, record) {
    moveClocks(state, record.stood_still);
    state.debate.frozen = false;
    startOrStop(state, record.at);
  },
  "announcement.made"(state, record) {
    state.announcement = { text: record.text ?? null, at: record.at };
  },
};
