/**
 * The circle as the chair runs it: seats with what may be done to each, who makes room, hands in serving order.
 *
 * Shows what the store says. A seat is never freed against its holder's will without a reason they read.
 */

import { ask } from "../ask.js";
import { spoken } from "../clock.js";
import { initials } from "../contribution.js";
import { at, fill, mark, part, put, show, take } from "../parts.js";
import { over } from "../ring.js";
import { counted, word } from "../words.js";
import { circle as count, openAgain, seatActs } from "./facts.js";
import { may } from "./phases.js";
import { giveWay, keepRows, rowOf } from "./rows.js";

const MINUTE = 60;
const ACTS = ["extend", "invite", "take_back", "free", "close", "open"];
const RUNNING_OUT = new Set(["leaving", "closing", "away", "offered"]); // what a seat's clock runs to

/** `people`: the dialog in which somebody is chosen for a seat. */
export function circle({ store, clock, acts, people }) {
  const [seats, hands, room, title, dialog, why] = [
    "seats", "hands", "room", "circle-title", "ask-free", "free-reason",
  ].map(at);
  let steers = false;

  const nameOf = (person) => store.person(person)?.name ?? "";
  const left = (until) => spoken(clock.left(until, store.state.debate.stopped_since));

  const sitting = ({ seat, person, speaker, since: from }) => {
    const said = counted("chair.contributions", store.person(person)?.contributions ?? 0);
    const minutes = Math.floor((clock.now() - Date.parse(from)) / 60_000);
    const since = counted("chair.for_minutes", Math.max(0, minutes));
    return word(speaker === person ? "chair.seat.speaker" : "chair.seat.guest", { seat, said, since });
  };

  /** What stands under a seat's name: in which capacity, for how long, or what its clock runs to. */
  const aboutSeat = (one) => {
    const { seat, state, kind, closing, until, speaker } = one;
    const runs = closing ? "closing" : state;
    if (RUNNING_OUT.has(runs)) return word(`chair.seat.${runs}`, { time: left(until), seat });
    if (state === "taken") return sitting(one);
    if (state === "lent") return word("chair.seat.lent", { name: nameOf(speaker) });
    if (state === "closed") return word("chair.seat.closed", { seat });
    return word(kind === "reserved" ? "chair.seat.waiting" : "chair.seat.free", { seat });
  };

  const aboutHand = ({ person, seated, contributions: n = 0, at: raised }) => {
    const asked = store.state.seats.some((seat) => seat.state === "offered" && seat.person === person);
    if (asked) return word("chair.hand_asked");
    const times = seated ? counted("chair.sat", seated) : word("chair.first_time");
    const time = spoken(Math.max(0, clock.now() - Date.parse(raised)));
    return word("chair.hand", { times, said: counted("chair.contributions", n), time });
  };

  const fillSeat = (seat, _, row) => {
    const name = seatName(seat, store);
    const number = word("seat", seat);
    const offered = steers ? seatActs(seat) : [];
    for (const one of ACTS) {
      const button = part(row, one);
      const whole = name === number ? number : `${number}, ${name}`;
      show(button, offered.includes(one));
      mark(button, { "aria-label": `${button.textContent.trim()}: ${whole}` });
    }
    return {
      self: { "data-state": seat.state, "data-kind": seat.kind },
      dot: seat.name ? initials(seat.name) : String(seat.seat),
      name,
      about: aboutSeat(seat),
    };
  };

  const fillHand = (hand, place, row) => {
    const name = hand.name ?? word("somebody");
    const seat = part(row, "seat");
    show(seat, steers);
    return {
      place: String(place + 1),
      name,
      about: aboutHand(hand),
      note: hand.note ?? null,
      seat: { class: place ? "mini" : "mini go", "aria-label": `${seat.textContent.trim()}: ${name}` },
    };
  };

  const showRoom = ({ circle_full: full, hands: line }) => {
    show(room, full);
    if (!full) return;
    const yours = full.left_to_chair;
    const [first = ""] = full.seats.map((seat) => store.seat(seat)?.name).filter(Boolean);
    const name = line[0]?.name ?? "";
    fill(room, {
      self: { "data-yours": yours },
      title: word(yours ? "chair.left_to_you" : "chair.who_makes_room"),
      clock: yours ? "" : left(full.until),
      said: yours ? word("chair.left_to_you.said", { name }) : word("chair.who_makes_room.said", { name, first }),
    });
  };

  const showRound = ({ round: running }) => {
    const box = at("round");
    giveWay(box, running, title);
    if (!running) return;
    fill(box, {
      title: running.title ?? word("round"),
      clock: running.until ? left(running.until) : "",
      extend_round: steers && Boolean(running.until),
      end_round: steers,
    });
  };

  /** Once a second: the clocks, and nothing else. */
  const tick = () => {
    const { state } = store;
    const renew = (list, key, about) => {
      const row = rowOf(list, key);
      if (row) fill(row, { about });
    };
    showRoom(state);
    showRound(state);
    for (const seat of state.seats) renew(seats, seat.seat, aboutSeat(seat));
    for (const hand of state.hands) renew(hands, hand.person, aboutHand(hand));
  };

  const close = ({ seat }, reason) =>
    acts.give({ do: "close_seat", seat, ...(reason && { reason }) }, word("chair.closed", { seat }));

  /** Ask how the seat is to be freed: at once and why, or closed once its holder has finished. */
  const free = async (one) => {
    const { seat, name = "", speaker, person } = one;
    fill(dialog, {
      title: word("chair.free", { name, seat }),
      said: word(speaker === person ? "chair.free.speaker" : "chair.free.guest", { name }),
    });
    why.value = "";
    const how = await ask(dialog);
    const reason = why.value.trim();
    if (how === "close") await close(one, reason);
    if (how === "free") await acts.give({ do: "free_seat", seat, reason }, word("chair.freed", { name, seat }));
  };

  /** What is done with a seat, by its acts. */
  const does = {
    extend: ({ seat }) => acts.give({ do: "extend", seat, seconds: MINUTE }, word("chair.extended", { seat })),
    invite: ({ seat }) => people.open(seat),
    take_back: ({ seat }) =>
      acts.give({ do: "free_seat", seat, reason: word("chair.taken_back") }, word("chair.offer_taken_back")),
    free,
    close: (seat) => close(seat),
    open: (seat) => acts.give(openAgain(seat), word("chair.seat_opened")),
  };

  const seatPerson = (person) => acts.give({ do: "seat", person }, word("chair.seated", { name: nameOf(person) }));

  seats.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) does[button.dataset.act]?.(store.seat(Number(button.closest("li").dataset.key)));
  });
  hands.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-act=seat]")?.closest("li");
    if (row) seatPerson(row.dataset.key);
  });
  why.form.addEventListener("click", ({ target }) => {
    const suggestion = target.closest("[data-reason]");
    if (!suggestion) return;
    why.value = suggestion.textContent;
    why.focus();
  });
  take(at("round"), {
    extend_round: () => acts.give({ do: "extend", seconds: MINUTE }, word("chair.round.extended")),
    end_round: () => acts.give({ do: "end_round" }, word("chair.round.ended")),
  });
  clock.every(() => store.state && tick());

  return {
    get steers() {
      return steers;
    },

    openSeat: () => acts.give({ do: "open_seat" }, word("chair.seat_opened")),

    /** Seat the first hand. */
    seatFirst() {
      const [first] = store.state.hands;
      if (first) seatPerson(first.person);
      else acts.say(word("chair.no_hand"));
    },

    show(state) {
      const { debate, you, hands: line, circle_full: full } = state;
      const ended = over(debate); // the circle has dissolved
      const n = line.length;
      steers = you?.role === "chair" && may("seats", debate.phase);
      put(at("circle-count"), ended ? "" : word("chair.circle_count", count(state)));
      show(seats, !ended);
      keepRows(seats, state.seats, { home: title, key: "seat", blank: "seat-row", fill: fillSeat });
      put(at("hands-count"), n ? counted("chair.hands", n) : "");
      put(at("hands-badge"), full?.left_to_chair ? "!" : String(n || ""));
      show(at("no-hands"), !n);
      keepRows(hands, line, { home: at("hands-title"), key: "person", blank: "hand-row", fill: fillHand });
      for (const id of ["open-seat", "invite", "start-round"]) giveWay(at(id), steers, title);
      tick();
    },
  };
}

/** Whose row it is: the holder, the one it is offered to, the speaker it waits for, or just its number. */
function seatName({ seat, name, state, speaker }, store) {
  const waited = speaker && state === "free" ? store.person(speaker)?.name : null;
  return name ?? waited ?? word("seat", { seat });
}
