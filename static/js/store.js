/**
 * A debate as this browser knows it: the snapshot, and every record since folded into it.
 *
 * Knows no page and no socket, so that it runs under node as it does here. `state` has the shape of the
 * snapshot (docs/protocol.md) and equals the one the server would give after the same records; a test holds
 * both together. Only `apply` and `reset` write to it; everybody else reads.
 *
 *     const store = new Store();
 *     store.watch(({ state, records }) => ...);   // after every frame; `records` is null after a reset
 *     store.reset(snapshot); store.apply(records);
 */

/** Phases in which clocks run, unless the floor is frozen. */
const RUNNING = new Set(["lobby", "live", "wrap_up"]);
const HOLDING = new Set(["taken", "leaving", "away"]);

export class Store {
  state = null;
  #contributions = new Map();
  #tallies = new Map(); // question -> author -> visible contributions that we have seen
  #watchers = new Set();

  /** Call `watcher({state, records})` after every change. Returns the function that ends it. */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Begin anew from a snapshot. The snapshot becomes the store's own. */
  reset(snapshot) {
    const { type: _, ...state } = snapshot;
    this.state = state;
    this.#contributions = new Map(state.contributions.map((one) => [one.contribution, one]));
    this.#tallies = new Map();
    for (const one of state.contributions) if (one.status === "posted") this.#tally(one, +1);
    this.#notice(null);
  }

  /** Fold records in order. Those the state already holds are passed over, so a repeated one does no harm. */
  apply(records) {
    const fresh = records.filter((record) => record.seq > this.state.seq);
    if (!fresh.length) return;
    for (const record of fresh) {
      this.#fold(record);
      this.state.seq = record.seq;
    }
    this.#notice(fresh);
  }

  /** Take in what is said without a seq: who is here. */
  hear({ online, joined }) {
    Object.assign(this.state, { online, joined });
    this.#notice([]);
  }

  /** Put older contributions, ascending, before those there are. Returns those that were new. */
  prepend(older) {
    const fresh = older.filter((one) => !this.#contributions.has(one.contribution));
    for (const one of fresh) {
      this.#contributions.set(one.contribution, one);
      if (one.status === "posted") this.#tally(one, +1);
    }
    this.state.contributions.unshift(...fresh);
    return fresh;
  }

  contribution(number) {
    return this.#contributions.get(number);
  }

  question(number) {
    return this.state.questions.find((one) => one.question === number);
  }

  seat(number) {
    return this.state.seats.find((one) => one.seat === number);
  }

  person(id) {
    return this.state.people.find((one) => one.person === id);
  }

  /** The question in focus, or undefined. */
  get focus() {
    return this.state.questions.find((one) => one.focus);
  }

  /** Whether clocks run. */
  get running() {
    return RUNNING.has(this.state.debate.phase) && !this.state.debate.frozen;
  }

  #notice(records) {
    for (const watcher of this.#watchers) watcher({ state: this.state, records });
  }

  #fold(record) {
    FOLDS[record.type]?.call(this, this.state, record, this);
    place(this.state);
  }

  /** Add a visible contribution to what we know of its questions' authors. */
  #tally({ author, tags }, sign) {
    for (const { question } of tags) {
      const authors = this.#tallies.get(question) ?? new Map();
      this.#tallies.set(question, authors);
      authors.set(author.person, (authors.get(author.person) ?? 0) + sign);
    }
  }

  /**
   * The same, and the questions' counts with it. `people` is exact for whom we have seen: an author whose
   * other contributions are all older than what we hold counts once more.
   */
  count(contribution, sign) {
    const seen = (question) => this.#tallies.get(question)?.get(contribution.author.person) > 0;
    const before = new Map(contribution.tags.map(({ question }) => [question, seen(question)]));
    this.#tally(contribution, sign);
    for (const [number, was] of before) {
      const question = this.question(number);
      if (!question) continue;
      question.contributions += sign;
      question.people += Number(seen(number)) - Number(was);
    }
  }

  add(contribution) {
    this.#contributions.set(contribution.contribution, contribution);
    this.state.contributions.push(contribution);
  }
}

/** Where each person stands: `seat` of people, and `seat`, `hand` and `offered` of `you`. */
function place(state) {
  const held = new Map(state.seats.filter((seat) => HOLDING.has(seat.state)).map((seat) => [seat.person, seat.seat]));
  for (const person of state.people) set(person, "seat", held.get(person.person));
  const { you } = state;
  if (!you) return;
  set(you, "seat", held.get(you.person));
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

function startOrStop(state, at) {
  const { debate } = state;
  if (RUNNING.has(debate.phase) && !debate.frozen) delete debate.stopped_since;
  else debate.stopped_since ??= at;
}

/** The circle is over: nobody sits, nobody waits. */
function dissolve(state) {
  for (const seat of state.seats) if (seat.state !== "closed") empty(seat, "free");
  state.hands.length = 0;
  state.circle_full = null;
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

/** `gone`: text nobody may read any more; hidden text stays where the reader is still given it. */
function hush(status) {
  return function (state, record) {
    const contribution = this.contribution(record.contribution);
    if (!contribution) return;
    if (contribution.status === "posted") this.count(contribution, -1);
    Object.assign(contribution, { status, text: null, entities: null });
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

/** How each record changes the state. `this` is the store. A type that is not here changes nothing shown. */
const FOLDS = {
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
    state.debate.rules = record.rules;
  },
  "door.set"(state, record) {
    state.debate.door = record.door;
    set(state.debate, "join_code", record.join_code);
  },
  "service.resumed"(state, record) {
    moveClocks(state, record.stood_still);
    startOrStop(state, record.at);
  },

  "person.invited"(state, record) {
    state.people.push(picked(record, ["person", "name", "handle", "role", "bio", "affiliation"]));
  },
  "person.joined"(state, record) {
    state.people.push(picked(record, ["person", "name", "handle", "role"]));
  },
  "person.left"(state, record) {
    state.people = state.people.filter((person) => person.person !== record.person);
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
    empty(seat, "offered");
    Object.assign(seat, picked(record, ["person", "name", "until"]), { since: record.at });
  },
  "seat.declined"(state, record) {
    const seat = this.seat(record.seat);
    empty(seat, seat.kind === "reserved" ? "lent" : "free"); // a reserved seat is offered only while lent
  },
  "seat.taken"(state, record) {
    const seat = this.seat(record.seat);
    empty(seat, "taken");
    Object.assign(seat, picked(record, ["person", "name"]), { since: record.at });
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
    const hand = { ...picked(record, ["person", "name", "note", "first", "seated", "contributions"]), at: record.at };
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
    state.questions.push({ ...question, contributions: 0, people: 0, focus_seconds: 0 });
  },
  "question.edited"(state, record) {
    const question = this.question(record.question);
    for (const field of ["text", "minutes", "gloss"]) if (field in record) set(question, field, record[field]);
  },
  "question.focused"(state, record) {
    for (const question of state.questions) question.focus = question.question === record.question;
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
  },
  "contribution.restored"(state, record) {
    const contribution = this.contribution(record.contribution);
    if (!contribution) return;
    const visible = contribution.status === "posted";
    if (visible) this.count(contribution, -1);
    Object.assign(contribution, picked(record, ["text", "entities", "tags"]), { status: "posted" });
    this.count(contribution, +1);
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
    state.debate.frozen = true;
    startOrStop(state, record.at);
  },
  "floor.thawed"(state, record) {
    moveClocks(state, record.stood_still);
    state.debate.frozen = false;
    startOrStop(state, record.at);
  },
  "announcement.made"(state, record) {
    state.announcement = { text: record.text, at: record.at };
  },
};
