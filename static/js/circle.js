/**
 * The reader's own place in the circle: the offer, the question who makes room, the hand, the seat.
 *
 * Says what is the reader's move and asks the stream for it. Knows nothing of how the ring is drawn.
 */

import { allowed } from "./allowed.js";
import { ask } from "./ask.js";
import { follow, spoken } from "./clock.js";
import { act, at, blank, keep, offer, put, show, write } from "./parts.js";
import { over } from "./ring.js";
import { counted, word } from "./words.js";

/** The phases in which hands may be raised. */
const RAISABLE = new Set(["lobby", "live"]);

/** What the reader is asked, by the box it stands in: its sentences and its clock; nothing where it is not. */
const ASKED = {
  offer({ you, seats }) {
    const seat = seats.find((one) => one.seat === you?.offered);
    if (!seat) return null;
    const said = word(you.hand === undefined ? "offer.invited" : "offer.first");
    return { title: word("offer.title", { seat: seat.seat }), said, until: seat.until };
  },
  room({ you, hands, circle_full: full }, may) {
    const place = full ? full.seats.indexOf(you?.seat) : -1;
    if (place < 0 || !may.leave) return null;
    const [title, name] = [word("room.title"), hands[0]?.name ?? ""];
    if (full.left_to_chair) return { title, said: word("room.chair") };
    return { title, said: word(place ? "room.anyone" : "room.you", { name }), until: full.until };
  },
  leaving({ you, seats }) {
    const seat = seats.find((one) => one.seat === you?.seat && one.state === "leaving");
    const said = word(seat?.closing ? "leaving.closing" : "leaving.said");
    return seat && { title: word("leaving.title"), said, until: seat.until };
  },
};

/**
 * Keep the reader's place in step, in `page`, its side. `give(command, button)`: what was pressed is asked for; the
 * reply. Returns `sit(seat, button)`: take a seat.
 */
export function circle({ page, store, clock, give }) {
  let extended = null; // the clock that was given more time, which is done once

  const press = async (button) => {
    await store.ready;
    const command = { do: button.dataset.act };
    if (command.do === "take_seat") command.seat = store.state.you.offered;
    if (command.do === "raise_hand" && !(await note(command))) return;
    const running = clockOf(store.state);
    const reply = await give(command, button);
    if (command.do === "extend_turn" && reply.ok) extended = running;
    draw(store);
  };
  const draw = ({ state }) => {
    const may = allowed(state);
    for (const [id, asks] of Object.entries(ASKED)) {
      const asked = asks(state, may);
      show(at(id), asked);
      if (!asked) continue;
      const { title, said, until } = asked;
      write(at(id), { title, said, clock: until ? spoken(clock.left(until, state.debate.stopped_since)) : "" });
    }
    for (const id of ["offer", "leaving"]) show(act(at(id), "extend_turn"), extended !== clockOf(state));
    drawHands(page.querySelector(".hands"), state, may);
    put(at("here"), counted("here", state.online));
  };

  page.addEventListener("click", (event) => {
    const button = event.target.closest("#moves [data-act], #my-hand [data-act]");
    if (!button) return;
    event.preventDefault(); // it sends a plain form where there is no script
    press(button);
  });
  follow(store, clock, draw);
  return (seat, button) => give({ do: "take_seat", seat }, button);
}

/** The clock that runs for the reader: an offer's or a grace's. */
function clockOf({ you, seats }) {
  const seat = seats.find((one) => one.seat === (you?.offered ?? you?.seat));
  return seat ? `${seat.seat} ${seat.state} ${seat.since}` : null;
}

/** What the hand is raised for, if the reader likes to say it. False where it stays down. */
async function note(command) {
  const dialog = at("hand-note");
  const field = dialog.querySelector("input");
  if ((await ask(dialog)) !== "raise") return false;
  if (field.value.trim()) command.note = field.value.trim();
  field.value = "";
  return true;
}

function drawHands(section, { hands, you, debate }, may) {
  keep(at("hands"), hands, {
    key: (hand) => hand.person,
    make: () => blank("hand"),
    fill: (element, { person, name, first, seated }, place) => {
      const own = person === you?.person;
      element.toggleAttribute("data-own", own);
      write(element, {
        place: String(place + 1),
        name: own ? word("hand.you", { name }) : (name ?? word("somebody")),
        about: first ? word("hand.speaker") : seated ? "" : word("hand.first_time"),
      });
    },
  });
  write(section, { "hands-count": hands.length ? String(hands.length) : "" });
  const raisable = RAISABLE.has(debate.phase);
  const idle = !hands.length && !(may.raise || may.lower || may.leave);
  show(at("no-hands"), !hands.length && raisable);
  section.toggleAttribute("data-idle", idle);
  show(section, !over(debate) && (raisable || !idle));
  const acts = {
    raise_hand: may.raise,
    lower_hand: may.lower && you.offered === undefined,
    leave_seat: may.leave && at("room").hidden, // else the way out stands in that box
  };
  offer(at("my-hand"), acts);
  show(at("my-hand"), Object.values(acts).some(Boolean));
}
