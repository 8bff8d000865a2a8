/**
 * The circle as the chair runs it: seats with what may be done to each, who makes room, hands in serving order.
 *
 * Shows what the store says. A seat is never freed against its holder's will without a reason they read.
 */

import { ask } from "../ask.js";
import { spoken } from "../clock.js";
import { initials } from "../contribution.js";
import { act, blank, mark, part, put, show } from "../parts.js";
import { over } from "../ring.js";
import { counted, word } from "../words.js";
import { circle, openAgain, seatActs } from "./facts.js";
import { may } from "./phases.js";
import { giveWay, keepRows } from "./rows.js";

const MINUTE = 60;
const ACTS = ["extend", "invite", "take_back", "free", "close", "open"];
const RUNNING_OUT = {
  leaving: "chair.seat.leaving",
  closing: "chair.seat.closing",
  away: "chair.seat.away",
  offered: "chair.seat.offered",
};

const element = (id) => document.getElementById(id);

export class Circle {
  #store;
  #clock;
  #acts;
  #people;

  /** `people`: the dialog in which somebody is chosen for a seat. */
  constructor({ store, clock, acts, people }) {
    this.#store = store;
    this.#clock = clock;
    this.#acts = acts;
    this.#people = people;
    element("seats").addEventListener("click", (event) => this.#seatClicked(event));
    element("hands").addEventListener("click", (event) => {
      const row = event.target.closest("[data-act=seat]")?.closest("li");
      if (row) this.seatPerson(row.dataset.key);
    });
    element("free-reason").form.addEventListener("click", (event) => {
      const suggestion = event.target.closest("[data-reason]");
      if (!suggestion) return;
      element("free-reason").value = suggestion.textContent;
      element("free-reason").focus();
    });
    clock.every(() => this.#store.state && this.#tick());
  }

  openSeat() {
    this.#acts.give({ do: "open_seat" }, word("chair.seat_opened"));
  }

  /** Seat the first hand. */
  seatFirst() {
    const [first] = this.#store.state.hands;
    if (first) this.seatPerson(first.person);
    else this.#acts.say(word("chair.no_hand"));
  }

  seatPerson(person) {
    const name = this.#store.person(person)?.name ?? "";
    return this.#acts.give({ do: "seat", person }, word("chair.seated", { name }));
  }

  show(state) {
    this.#steers = state.you?.role === "chair" && may("seats", state.debate.phase);
    const { held, seats } = circle(state);
    const ended = over(state.debate); // the circle has dissolved
    put(element("circle-count"), ended ? "" : word("chair.circle_count", { held, seats }));
    show(element("seats"), !ended);
    this.#showSeats(state);
    this.#showHands(state);
    for (const id of ["open-seat", "invite"]) giveWay(element(id), this.#steers, element("circle-title"));
    this.#tick();
  }

  #steers = false;

  #showSeats(state) {
    keepRows(element("seats"), state.seats, {
      home: element("circle-title"),
      key: (seat) => seat.seat,
      make: () => blank("seat-row"),
      fill: (row, seat) => this.#fillSeat(row, seat),
    });
  }

  #fillSeat(row, seat) {
    const name = seatName(seat, this.#store);
    row.dataset.state = seat.state;
    row.dataset.kind = seat.kind;
    put(part(row, "dot"), seat.name ? initials(seat.name) : String(seat.seat));
    put(part(row, "name"), name);
    put(part(row, "about"), this.#about(seat));
    const acts = this.#steers ? seatActs(seat) : [];
    const number = word("seat", { seat: seat.seat });
    const whole = name === number ? number : `${number}, ${name}`;
    for (const one of ACTS) {
      const button = act(row, one);
      show(button, acts.includes(one));
      mark(button, "aria-label", `${button.textContent.trim()}: ${whole}`);
    }
  }

  /** What stands under a seat's name: in which capacity, for how long, or what its clock runs to. */
  #about(seat) {
    const runs = RUNNING_OUT[seat.closing ? "closing" : seat.state];
    if (runs) return word(runs, { time: this.#left(seat.until), seat: seat.seat });
    if (seat.state === "taken") return this.#sitting(seat);
    if (seat.state === "lent") return word("chair.seat.lent", { name: this.#store.person(seat.speaker)?.name ?? "" });
    if (seat.state === "closed") return word("chair.seat.closed", { seat: seat.seat });
    return word(seat.kind === "reserved" ? "chair.seat.waiting" : "chair.seat.free", { seat: seat.seat });
  }

  #sitting(seat) {
    const person = this.#store.person(seat.person);
    const said = counted("chair.contributions", person?.contributions ?? 0);
    const minutes = Math.floor((this.#clock.now() - Date.parse(seat.since)) / 60_000);
    const since = counted("chair.for_minutes", Math.max(0, minutes));
    const key = seat.speaker === seat.person ? "chair.seat.speaker" : "chair.seat.guest";
    return word(key, { seat: seat.seat, said, since });
  }

  #left(until) {
    return spoken(this.#clock.left(until, this.#store.state.debate.stopped_since));
  }

  #showHands(state) {
    put(element("hands-count"), state.hands.length ? counted("chair.hands", state.hands.length) : "");
    const yours = state.circle_full?.left_to_chair;
    put(element("hands-badge"), yours ? "!" : state.hands.length ? String(state.hands.length) : "");
    show(element("no-hands"), !state.hands.length);
    keepRows(element("hands"), state.hands, {
      home: element("hands-title"),
      key: (hand) => hand.person,
      make: () => blank("hand-row"),
      fill: (row, hand, place) => this.#fillHand(row, hand, place),
    });
  }

  #fillHand(row, hand, place) {
    put(part(row, "place"), String(place + 1));
    put(part(row, "name"), hand.name ?? word("somebody"));
    put(part(row, "about"), this.#waiting(hand));
    show(part(row, "note"), hand.note);
    put(part(row, "note"), hand.note ?? "");
    const seat = act(row, "seat");
    show(seat, this.#steers);
    mark(seat, "class", place === 0 ? "mini go" : "mini");
    mark(seat, "aria-label", `${seat.textContent.trim()}: ${hand.name ?? word("somebody")}`);
  }

  #waiting(hand) {
    const { seats } = this.#store.state;
    if (seats.some((seat) => seat.state === "offered" && seat.person === hand.person)) return word("chair.hand_asked");
    const times = hand.seated ? counted("chair.sat", hand.seated) : word("chair.first_time");
    const said = counted("chair.contributions", hand.contributions ?? 0);
    const time = spoken(Math.max(0, this.#clock.now() - Date.parse(hand.at)));
    return word("chair.hand", { times, said, time });
  }

  /** Once a second: the clocks, and nothing else. */
  #tick() {
    const { state } = this.#store;
    this.#showRoom(state);
    for (const seat of state.seats) {
      const row = rowOf(element("seats"), seat.seat);
      if (row) put(part(row, "about"), this.#about(seat));
    }
    for (const hand of state.hands) {
      const row = rowOf(element("hands"), hand.person);
      if (row) put(part(row, "about"), this.#waiting(hand));
    }
  }

  #showRoom({ circle_full: full, hands }) {
    const room = element("room");
    show(room, full);
    if (!full) return;
    room.toggleAttribute("data-yours", full.left_to_chair);
    put(part(room, "title"), word(full.left_to_chair ? "chair.left_to_you" : "chair.who_makes_room"));
    put(part(room, "clock"), full.left_to_chair ? "" : this.#left(full.until));
    const asked = full.seats.map((seat) => this.#store.seat(seat)?.name).filter(Boolean);
    const waiting = hands[0]?.name ?? "";
    put(
      part(room, "said"),
      full.left_to_chair
        ? word("chair.left_to_you.said", { name: waiting })
        : word("chair.who_makes_room.said", { name: waiting, first: asked[0] ?? "" }),
    );
  }

  #seatClicked(event) {
    const button = event.target.closest("button");
    const row = button?.closest("li");
    if (!row) return;
    const seat = this.#store.seat(Number(row.dataset.key));
    const number = seat.seat;
    const longer = { do: "extend", seat: number, seconds: MINUTE };
    const taken = { do: "free_seat", seat: number, reason: word("chair.taken_back") };
    const doing = {
      extend: () => this.#acts.give(longer, word("chair.extended", { seat: number })),
      invite: () => this.#people.open(number),
      take_back: () => this.#acts.give(taken, word("chair.offer_taken_back")),
      free: () => this.#free(seat),
      close: () => this.#close(seat),
      open: () => this.#acts.give(openAgain(seat), word("chair.seat_opened")),
    };
    doing[button.dataset.act]?.();
  }

  /** Ask how the seat is to be freed: at once and why, or closed once its holder has finished. */
  async #free(seat) {
    const dialog = element("ask-free");
    const name = seat.name ?? "";
    const speaker = seat.speaker === seat.person;
    put(part(dialog, "title"), word("chair.free", { name, seat: seat.seat }));
    put(part(dialog, "said"), word(speaker ? "chair.free.speaker" : "chair.free.guest", { name }));
    element("free-reason").value = "";
    const how = await ask(dialog);
    const reason = element("free-reason").value.trim();
    if (how === "close") await this.#close(seat, reason);
    if (how !== "free") return;
    const said = word("chair.freed", { name, seat: seat.seat });
    await this.#acts.give({ do: "free_seat", seat: seat.seat, reason }, said);
  }

  #close(seat, reason) {
    const command = { do: "close_seat", seat: seat.seat, ...(reason ? { reason } : {}) };
    return this.#acts.give(command, word("chair.closed", { seat: seat.seat }));
  }
}

function rowOf(list, key) {
  return [...list.children].find((row) => row.dataset.key === String(key));
}

/** Whose row it is: the holder, the one it is offered to, the speaker it waits for, or just its number. */
function seatName(seat, store) {
  if (seat.name) return seat.name;
  const speaker = seat.speaker && seat.state === "free" ? store.person(seat.speaker)?.name : null;
  return speaker ?? word("seat", { seat: seat.seat });
}
