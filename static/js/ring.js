/**
 * The ring: who sits where, whose clock runs, which seat invites, how many stand around.
 *
 * Fills templates/macros/seat.html; css/ring.css places seats by their order, as a ring or as a strip. What is
 * drawn is said as well: each seat is an item of a list that reads "Seat 2, Marek Bialy, reconnecting 1:12".
 */

import { allowed, HELD, isFree } from "./allowed.js";
import { initials } from "./contribution.js";
import { follow, spoken } from "./clock.js";
import { fill, keep, mark, part, take } from "./parts.js";
import { counted, word } from "./words.js";

const SPOKEN = 8_000; // milliseconds for which a seat shows that something was said from it
const MOST_AROUND = 60;
const AROUND = 95; // radius, in the drawing's units: 100 is the edge
const STEPS = 720; // places there are around the bowl

/** At which radius seats stand, as css/ring.css has it; half as wide as what is written below, and to where. */
function standing(seats) {
  if (seats > 8) return { radius: 80, half: 22, to: 30 };
  return seats > 6 ? { radius: 76, half: 24, to: 42 } : { radius: 68, half: 26, to: 52 };
}

/** How long a seat's clock runs in all, in milliseconds; null where none runs. */
export function whole({ state, since, until }, rules) {
  if (!until) return null;
  if (state === "away") return rules.away_seconds * 1000;
  if (state === "leaving") return rules.grace_seconds * 1000;
  return Date.parse(until) - Date.parse(since ?? until);
}

/** How much of a seat's arc is drawn, 0 to 100: what is left of the whole. */
export function arc(left, all) {
  return all ? Math.round(Math.min(1, Math.max(0, left / all)) * 1000) / 10 : 0;
}

/** `n` places on a circle, evenly, the first at the top, clockwise: `[x, y]` each. */
function circle(n, radius) {
  return Array.from({ length: n }, (_, k) => {
    const angle = (2 * Math.PI * k) / n;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  });
}

/** Where `n` people stand around a bowl with `seats` seats: evenly, but nobody in what is written below a seat. */
export function around(n, seats) {
  const { radius, half, to } = standing(seats);
  const taken = circle(seats, radius);
  const places = circle(STEPS, AROUND).filter(
    ([x, y]) => !taken.some(([left, top]) => Math.abs(x - left) < half && y > top + 8 && y < top + to),
  );
  const rounded = (each) => Math.round(each * 10) / 10 + 0; // no -0
  return Array.from({ length: n }, (_, k) => places[Math.floor((places.length * k) / n)].map(rounded));
}

/** Whether the circle has dissolved: nobody sits, and nobody is missed. */
export function over({ phase }) {
  return phase === "correction" || phase === "archived";
}

/** The seats that are drawn: a closed one is not there. */
export function drawn(seats) {
  return seats.filter((seat) => seat.state !== "closed");
}

/** Keep the ring in step. `sit(seat, button)`: the reader takes a seat. */
export function ring({ element, store, clock, sit }) {
  let spoke = {}; // from which seat the last inner contribution came, and until when that shows
  take(element, {
    async take_seat(button) {
      await store.ready;
      sit(Number(button.closest("[data-seat]").dataset.seat), button);
    },
  });
  follow(store, clock, ({ state, records }) => {
    for (const { type, seat } of records ?? []) {
      if (type === "contribution.posted" && seat) spoke = { seat, until: clock.now() + SPOKEN };
      else if (type.startsWith("seat.") && seat === spoke.seat) spoke = {};
    }
    const { debate, circle_full: full, round } = state;
    const ended = over(debate);
    const seats = drawn(state.seats);
    const may = allowed(state);
    const focus = ended ? null : store.focus;
    const asked = full && !full.left_to_chair;
    const running = asked ? full : round; // the clock of all who sit
    keep(part(element, "seats"), seats, {
      key: "seat",
      blank: "seat",
      fill(seat, _, row) {
        const lately = seat.seat === spoke.seat && clock.now() < spoke.until;
        fillSeat(row, seat, store, clock);
        return { self: { "data-spoke": lately }, take_seat: may.sit(seat) };
      },
    });
    fill(element, {
      self: { "data-seats": seats.length, "data-over": ended },
      focus: focus ? `Q${focus.question}` : "",
      summary: ended ? "" : summary(seats, round),
      said: asked ? word("room.asked") : full ? word("room.chair") : round ? (round.title ?? word("round")) : "",
      left: running?.until ? spoken(clock.left(running.until, debate.stopped_since)) : minutesLeft(focus, clock),
    });
    standAround(part(element, "outer"), state, seats.length);
  });
}

function fillSeat(row, seat, store, clock) {
  const { debate, you } = store.state;
  const { seat: n, state, kind, until } = seat;
  const number = word("seat", { seat: n });
  const name = state === "lent" ? null : (seat.name ?? store.person(seat.speaker)?.name);
  const left = until ? clock.left(until, debate.stopped_since) : 0;
  const ended = over(debate);
  const own = seat.person === (you?.person ?? "");
  fill(row, {
    self: { "data-seat": n, "data-state": state, "data-kind": kind, "data-own": own },
    number,
    face: name ? initials(name) : String(n),
    name: name || number,
    state: ended ? "" : seatState(seat),
    clock: until && !ended ? spoken(left) : "",
    arc: { "stroke-dasharray": `${arc(left, whole(seat, debate.rules))} 100` },
    take_seat: { "aria-label": `${part(row, "take_seat").textContent}: ${number}` },
  });
}

/** What is said of a seat beside its name, before its clock. */
function seatState({ state, kind }) {
  if (state === "free" && kind === "reserved") return word("seat.state.expected");
  if (state === "lent") return word("seat.state.free");
  return state === "taken" ? "" : word(`seat.state.${state}`);
}

function summary(seats, round) {
  const held = seats.filter(({ state }) => HELD.has(state)).length;
  const free = seats.filter((seat) => !round && isFree(seat)).map(({ seat }) => seat).join(", ");
  const taken = counted("ring.taken", held, { all: seats.length });
  return free ? `${taken} ${word("ring.free", { seats: free })}` : taken;
}

/** One dot for each who is here, those with a hand up first and warm. */
function standAround(group, { online, hands }, seats) {
  const n = Math.min(Math.max(online, hands.length), MOST_AROUND);
  const drawing = `${n} around ${seats}`;
  if (group.dataset.drawing !== drawing) {
    group.dataset.drawing = drawing;
    const dots = around(n, seats).map(([cx, cy]) => {
      const dot = document.createElementNS(group.namespaceURI, "circle");
      mark(dot, { cx, cy });
      return dot;
    });
    group.replaceChildren(...dots);
  }
  [...group.children].forEach((dot, k) => mark(dot, { class: k < hands.length ? "one hand-up" : "one" }));
}

/** How many minutes a question has been in focus so far. */
export function focusMinutes({ since, focus_seconds: seconds }, clock) {
  const running = since ? Math.max(0, clock.now() - Date.parse(since)) : 0;
  return (seconds * 1000 + running) / 60_000;
}

/** What is left of the minutes planned for the question in focus, where there is one. */
export function minutesLeft(question, clock) {
  if (!question?.minutes) return "";
  const minutes = Math.ceil(question.minutes - focusMinutes(question, clock));
  return minutes > 0 ? counted("minutes.left", minutes) : word("minutes.over");
}
