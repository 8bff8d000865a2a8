/**
 * The ring: who sits where, whose clock runs, which seat invites, how many stand around.
 *
 * Fills templates/macros/seat.html; css/ring.css places seats by their order, as a ring or as a strip. What is
 * drawn is said as well: each seat is an item of a list that reads "Seat 2, Marek Bialy, reconnecting 1:12".
 */

import { allowed } from "./allowed.js";
import { initials } from "./contribution.js";
import { spoken } from "./clock.js";
import { act, blank, keep, part, put, show } from "./parts.js";
import { counted, word } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SPOKEN = 8; // seconds for which a seat shows that something was said from it
const MOST_AROUND = 60;
const AROUND = 95; // radius, in the drawing's units: 100 is the edge
const STEPS = 720; // places there are around the bowl

/** At which radius seats stand, as css/ring.css has it; half as wide as what is written below, and to where. */
function standing(seats) {
  if (seats > 8) return { radius: 80, half: 22, to: 30 };
  return seats > 6 ? { radius: 76, half: 24, to: 42 } : { radius: 68, half: 26, to: 52 };
}

/** How long a seat's clock runs in all, in milliseconds; null where none runs. */
export function whole(seat, rules) {
  if (!seat.until) return null;
  if (seat.state === "away") return rules.away_seconds * 1000;
  if (seat.state === "leaving") return rules.grace_seconds * 1000;
  return Date.parse(seat.until) - Date.parse(seat.since ?? seat.until);
}

/** How much of a seat's arc is drawn, 0 to 100: what is left of the whole. */
export function arc(left, all) {
  if (!all) return 0;
  return Math.round(Math.min(1, Math.max(0, left / all)) * 1000) / 10;
}

/**
 * Where `n` people stand around a bowl with `seats` seats: `[x, y]` each, evenly, the first at the top, clockwise;
 * nobody stands in what is written below a seat.
 */
export function around(n, seats) {
  const at = (steps, radius) => {
    const angle = (2 * Math.PI * steps) / STEPS;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  };
  const { radius, half, to } = standing(seats);
  const taken = Array.from({ length: seats }, (_, k) => at((STEPS * k) / seats, radius));
  const written = ([x, y]) =>
    taken.some(([left, top]) => Math.abs(x - left) < half && y > top + 8 && y < top + to);
  const places = Array.from({ length: STEPS }, (_, k) => at(k, AROUND)).filter((place) => !written(place));
  return Array.from({ length: n }, (_, k) => {
    const [x, y] = places[Math.floor((places.length * k) / n)];
    return [x, y].map((each) => Math.round(each * 10) / 10 + 0); // no -0
  });
}

/** Whether the circle has dissolved: nobody sits, and nobody is missed. */
export function over({ phase }) {
  return phase === "correction" || phase === "archived";
}

/** The seats that are drawn: a closed one is not there. */
export function drawn(seats) {
  return seats.filter((seat) => seat.state !== "closed");
}

export class Ring {
  #element;
  #store;
  #clock;
  #spoke = null; // {seat, ticks}: from where the last inner contribution came

  /** `sit(seat)`: the reader takes a seat. */
  constructor({ element, store, clock, sit }) {
    this.#element = element;
    this.#store = store;
    this.#clock = clock;
    element.addEventListener("click", async (event) => {
      const button = event.target.closest('[data-act="take_seat"]');
      if (!button) return;
      event.preventDefault(); // it sends a plain form where there is no script
      await store.ready;
      sit(Number(button.closest("[data-seat]").dataset.seat), button);
    });
    store.watch(({ records }) => this.#take(records));
    clock.every(() => store.state && this.#tick());
  }

  #take(records) {
    for (const record of records ?? []) {
      if (record.type === "contribution.posted" && record.seat) this.#spoke = { seat: record.seat, ticks: SPOKEN };
      else if (record.type.startsWith("seat.") && record.seat === this.#spoke?.seat) this.#spoke = null;
    }
    this.#draw();
  }

  #draw() {
    const { state } = this.#store;
    const seats = drawn(state.seats);
    const may = allowed(state);
    this.#element.dataset.seats = seats.length;
    this.#element.toggleAttribute("data-over", over(state.debate));
    keep(part(this.#element, "seats"), seats, {
      key: (seat) => seat.seat,
      make: () => blank("seat"),
      fill: (element, seat) => this.#fillSeat(element, seat, may),
    });
    const focus = over(state.debate) ? undefined : this.#store.focus;
    put(part(this.#element, "focus"), focus ? `Q${focus.question}` : "");
    put(part(this.#element, "summary"), this.#summary(seats));
    this.#standAround(state);
    this.#tick();
  }

  #fillSeat(element, seat, may) {
    const name = seat.name ?? this.#store.person(seat.speaker)?.name;
    element.dataset.seat = seat.seat;
    element.dataset.state = seat.state;
    element.dataset.kind = seat.kind;
    element.toggleAttribute("data-own", Boolean(seat.person) && seat.person === this.#store.state.you?.person);
    const lent = seat.state === "lent";
    put(part(element, "number"), word("seat", { seat: seat.seat }));
    put(part(element, "face"), name && !lent ? initials(name) : String(seat.seat));
    put(part(element, "name"), name && !lent ? name : word("seat", { seat: seat.seat }));
    const sit = act(element, "take_seat");
    show(sit, may.sit(seat));
    sit.setAttribute("aria-label", `${sit.textContent}: ${word("seat", { seat: seat.seat })}`);
  }

  #summary(seats) {
    if (over(this.#store.state.debate)) return "";
    const held = seats.filter((seat) => ["taken", "leaving", "away"].includes(seat.state)).length;
    const free = seats.filter((seat) => seat.state === "lent" || (seat.state === "free" && seat.kind === "open"));
    const taken = counted("ring.taken", held, { all: seats.length });
    return free.length ? `${taken} ${word("ring.free", { seats: free.map((seat) => seat.seat).join(", ") })}` : taken;
  }

  /** One dot for each who is here, those with a hand up first and warm. */
  #standAround({ online, hands }) {
    const group = part(this.#element, "outer");
    const n = Math.min(Math.max(online, hands.length), MOST_AROUND);
    const seats = drawn(this.#store.state.seats).length;
    const drawing = `${n} around ${seats}`;
    if (group.dataset.drawing !== drawing) {
      group.dataset.drawing = drawing;
      group.replaceChildren(
        ...around(n, seats).map(([x, y]) => {
          const dot = document.createElementNS(SVG, "circle");
          dot.setAttribute("cx", x);
          dot.setAttribute("cy", y);
          dot.setAttribute("r", 1.3);
          return dot;
        }),
      );
    }
    [...group.children].forEach((dot, k) => {
      dot.setAttribute("class", k < hands.length ? "one hand-up" : "one");
      dot.setAttribute("r", k < hands.length ? 2.4 : 1.3);
    });
  }

  #tick() {
    const { seats, debate, circle_full: full } = this.#store.state;
    if (this.#spoke && (this.#spoke.ticks -= 1) < 0) this.#spoke = null;
    for (const element of part(this.#element, "seats").children) {
      const seat = seats.find((one) => one.seat === Number(element.dataset.seat));
      if (!seat) continue;
      element.toggleAttribute("data-spoke", seat.seat === this.#spoke?.seat);
      const left = seat.until ? this.#clock.left(seat.until, debate.stopped_since) : 0;
      part(element, "arc").setAttribute("stroke-dasharray", `${arc(left, whole(seat, debate.rules))} 100`);
      put(part(element, "state"), over(debate) ? "" : seatState(seat));
      put(part(element, "clock"), seat.until && !over(debate) ? spoken(left) : "");
    }
    const asked = full && !full.left_to_chair;
    put(part(this.#element, "said"), asked ? word("room.asked") : full ? word("room.chair") : "");
    put(part(this.#element, "left"), asked ? spoken(this.#clock.left(full.until, debate.stopped_since)) : this.#planned());
  }

  /** What is left of the minutes planned for the question in focus. */
  #planned() {
    const focus = this.#store.focus;
    if (!focus?.minutes || over(this.#store.state.debate)) return "";
    const minutes = Math.ceil(focus.minutes - focusMinutes(focus, this.#clock));
    return minutes > 0 ? counted("minutes.left", minutes) : word("minutes.over");
  }
}

/** How many minutes a question has been in focus so far. */
export function focusMinutes(question, clock) {
  const running = question.since ? Math.max(0, clock.now() - Date.parse(question.since)) : 0;
  return (question.focus_seconds * 1000 + running) / 60_000;
}

/** What is said of a seat beside its name, before its clock. */
function seatState(seat) {
  if (seat.state === "free" && seat.kind === "reserved") return word("seat.state.expected");
  if (seat.state === "free" || seat.state === "lent") return word("seat.state.free");
  return seat.state === "taken" ? "" : word(`seat.state.${seat.state}`);
}
