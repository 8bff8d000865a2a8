/**
 * The place in the circle of whoever takes part: the offer, the question who makes room, the hand, the seat.
 *
 * Says what is the reader's move and asks the stream for it. Knows nothing of how the ring is drawn.
 */

import { allowed } from "./allowed.js";
import { ask } from "./ask.js";
import { follow, spoken } from "./clock.js";
import { at, fill, show, take } from "./parts.js";
import { word } from "./words.js";

/** What the reader is asked, by the box it stands in: its sentences, how they are called to it, its clock; nothing where not. */
const ASKED = {
  offer({ you, seats }) {
    const seat = seats.find((one) => one.seat === you?.offered);
    if (!seat) return null;
    const said = word(you.hand === undefined ? "offer.invited" : "offer.first");
    return { title: word("offer.title", seat), call: word("call.offer", seat), said, until: seat.until };
  },
  room({ you, hands, circle_full: full }, may) {
    const place = full ? full.seats.indexOf(you?.seat) : -1;
    if (place < 0 || !may.leave) return null;
    const [title, name] = [word("room.title"), hands[0]?.name ?? ""];
    if (full.left_to_chair) return { title, said: word("room.chair") };
    return { title, call: title, said: word(place ? "room.anyone" : "room.you", { name }), until: full.until };
  },
  leaving({ you, seats }) {
    const seat = seats.find((one) => one.seat === you?.seat && one.state === "leaving");
    const said = word(seat?.closing ? "leaving.closing" : "leaving.said");
    return seat && { title: word("leaving.title"), said, until: seat.until };
  },
};

/**
 * Keep the reader's place in step. `give(command, button)`: what was pressed is asked for; the reply. `tell(move, loud)`
 * as in call.js.
 */
export function circle({ store, clock, give, tell }) {
  let extended = null; // the clock that was given more time, which is done once

  const draw = ({ state, records }) => {
    const may = allowed(state);
    let move = "";
    for (const [id, asks] of Object.entries(ASKED)) {
      const asked = asks(state, may);
      show(at(id), asked);
      if (!asked) continue;
      const { title, said, until, call } = asked;
      move ||= call ?? "";
      fill(at(id), { title, said, clock: until ? spoken(clock.left(until, state.debate.stopped_since)) : "" });
    }
    tell(move, records);
    for (const id of ["offer", "leaving"]) fill(at(id), { extend_turn: extended !== clockOf(state) });
    const acts = {
      raise_hand: may.raise,
      lower_hand: may.lower && state.you.offered === undefined,
      leave_seat: may.leave && at("room").hidden, // else the way out stands in that box
    };
    fill(at("my-hand"), acts);
    show(at("my-hand"), Object.values(acts).some(Boolean));
  };

  /** Do what a button is for; `more`: what its command says beside that. */
  const press = async (button, more) => {
    await store.ready;
    const running = clockOf(store.state);
    const command = { do: button.dataset.act, ...more };
    if (command.do === "take_seat") command.seat = store.state.you.offered;
    const reply = await give(command, button);
    if (command.do === "extend_turn" && reply.ok) extended = running;
    draw(store);
  };
  const acts = {
    raise_hand: async (button) => {
      const note = await askNote();
      if (note !== null) press(button, note && { note });
    },
  };
  for (const act of ["take_seat", "lower_hand", "leave_seat", "extend_turn"]) acts[act] = (button) => press(button);
  take(at("moves"), acts);
  take(at("my-hand"), acts);
  follow(store, clock, draw);
}

/** The clock that runs for the reader: an offer's or a grace's. */
function clockOf({ you, seats }) {
  const seat = seats.find((one) => one.seat === (you?.offered ?? you?.seat));
  return seat ? `${seat.seat} ${seat.state} ${seat.since}` : null;
}

/** What the hand is raised for, "" where the reader does not like to say; null where it stays down. */
async function askNote() {
  const field = at("note");
  if ((await ask(at("hand-note"))) !== "raise") return null;
  const note = field.value.trim();
  field.value = "";
  return note;
}
