/**
 * The ring: who sits where, whose clock runs, which seat invites, how many stand around.
 *
 * Fills templates/macros/seat.html; css/ring.css places seats by their order, as a ring or as a strip. What is
 * drawn is said as well: each seat is an item of a list that reads "Seat 2, Marek Bialy, reconnecting 1:12".
 */

import { allowed } from "./allowed.js";
import { initials } from "./contribution.js";
import { follow, spoken } from "./clock.js";
import { act, blank, keep, mark, part, show, take, write } from "./parts.js";
import { counted, word } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
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
export function whole(seat, rules) {
  if (!seat.until) return null;
  if (seat.state === "away") return rules.away_seconds * 1000;
  if (seat.state === "leaving") return rules.grace_seconds * 1000;
  return Date.parse(seat.until) - Date.parse(seat.since ?? seat.until);
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
export function ring({ element, store, clock, sit = () => {} }) {
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
    const { debate, circle_full: full } = state;
    const seats = drawn(state.seats);
    const may = allowed(state);
    element.dataset.seats = seats.length;
    element.toggleAttribute("data-over", over(debate));
    keep(part(element, "seats"), seats, {
      key: (seat) => seat.seat,
      make: () => blank("seat"),
      fill(row, seat) {
        fillSeat(row, seat, store, clock);
        row.toggleAttribute("data-spoke", seat.seat === spoke.seat && clock.now() < spoke.until);
        show(act(row, "take_seat"), may.sit(seat));
      },
    });
    const focus = over(debate) ? null : store.focus;
    const asked = full && !full.left_to_chair;
    const planned = focus ? minutesLeft(focus, clock) : "";
    write(element, {
      focus: focus ? `Q${focus.question}` : "",
      summary: over(debate) ? "" : summary(seats),
      said: asked ? word("room.asked") : full ? word("room.chair") : "",
      left: asked ? spoken(clock.left(full.until, debate.stopped_since)) : planned,
    });
    standAround(part(element, "outer"), state, seats.length);
  });
}

function fillSeat(row, seat, store, clock) {
  const { debate, you } = store.state;
  const number = word("seat", { seat: seat.seat });
  const name = seat.state === "lent" ? null : (seat.name ?? store.person(seat.speaker)?.name);
  const left = seat.until ? clock.left(seat.until, debate.stopped_since) : 0;
  Object.assign(row.dataset, { seat: seat.seat, state: seat.state, kind: seat.kind });
  row.toggleAttribute("data-own", Boolean(seat.person) && seat.person === you?.person);
  write(row, {
    number,
    face: name ? initials(name) : String(seat.seat),
    name: name || number,
    state: over(debate) ? "" : seatState(seat),
    clock: seat.until && !over(debate) ? spoken(left) : "",
  });
  part(row, "arc").setAttribute("stroke-dasharray", `${arc(left, whole(seat, debate.rules))} 100`);
  const sit = act(row, "take_seat");
  mark(sit, "aria-label", `${sit.textContent}: ${number}`);
}

/** What is said of a seat beside its name, before its clock. */
function seatState({ state, kind }) {
  if (state === "free" && kind === "reserved") return word("seat.state.expected");
  if (state === "lent") return word("seat.state.free");
  return state === "taken" ? "" : word(`seat.state.${state}`);
}

function summary(seats) {
  const held = seats.filter((seat) => ["taken", "leaving", "away"].includes(seat.state)).length;
  const free = seats.filter((seat) => seat.state === "lent" || (seat.state === "free" && seat.kind === "open"));
  const taken = counted("ring.taken", held, { all: seats.length });
  return free.length ? `${taken} ${word("ring.free", { seats: free.map((seat) => seat.seat).join(", ") })}` : taken;
}

/** One dot for each who is here, those with a hand up first and warm. */
function standAround(group, { online, hands }, seats) {
  const n = Math.min(Math.max(online, hands.length), MOST_AROUND);
  const drawing = `${n} around ${seats}`;
  if (group.dataset.drawing !== drawing) {
    group.dataset.drawing = drawing;
    const dots = around(n, seats).map(([x, y]) => {
      const dot = document.createElementNS(SVG, "circle");
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", y);
      return dot;
    });
    group.replaceChildren(...dots);
  }
  [...group.children].forEach((dot, k) => dot.setAttribute("class", k < hands.length ? "one hand-up" : "one"));
}

/** How many minutes a question has been in focus so far. */
export function focusMinutes(question, clock) {
  const running = question.since ? Math.max(0, clock.now() - Date.parse(question.since)) : 0;
  return (question.focus_seconds * 1000 + running) / 60_000;
}

/** What is left of the minutes planned for the question in focus. */
export function minutesLeft(question, clock) {
  if (!question.minutes) return "";
  const minutes = Math.ceil(question.minutes - focusMinutes(question, clock));
  return minutes > 0 ? counted("minutes.left", minutes) : word("minutes.over");
}
