/**
 * The reader's own place in the circle: the offer, the question who makes room, the hand, the seat.
 *
 * Says what is the reader's move and asks the stream for it. Knows nothing of how the ring is drawn.
 */

import { allowed } from "./allowed.js";
import { ask } from "./ask.js";
import { spoken } from "./clock.js";
import { act, blank, keep, part, put, show } from "./parts.js";
import { over } from "./ring.js";
import { counted, word } from "./words.js";

/** The phases in which hands may be raised. */
const RAISABLE = new Set(["lobby", "live"]);

export class Circle {
  #page;
  #store;
  #clock;
  #stream;
  #failed;
  #extended = null; // the clock that was given more time, which is done once

  /** `page`: the side of the page; `failed(sentence)`: where a refusal is told. */
  constructor({ page, store, clock, stream, failed }) {
    this.#page = page;
    this.#store = store;
    this.#clock = clock;
    this.#stream = stream;
    this.#failed = failed;
    page.addEventListener("click", (event) => {
      const button = event.target.closest("#moves [data-act], #my-hand [data-act]");
      if (!button) return;
      event.preventDefault(); // it sends a plain form where there is no script
      this.#act(button.dataset.act, button);
    });
    store.watch(() => this.#draw());
    clock.every(() => store.state && this.#tick());
  }

  /** Take a seat; `button` is what was pressed, and waits. */
  sit(seat, button) {
    return this.#ask({ do: "take_seat", seat }, button);
  }

  async #act(name, button) {
    await this.#store.ready;
    if (name === "raise_hand") return this.#raise(button);
    if (name === "take_seat") return this.sit(this.#store.state.you.offered, button);
    const clock = this.#clockAt();
    const reply = await this.#ask({ do: name }, button);
    if (name === "extend_turn" && reply.ok) this.#extended = clock;
    this.#draw();
  }

  /** The clock that runs for the reader: an offer's or a grace's. */
  #clockAt() {
    const { you, seats } = this.#store.state;
    const seat = seats.find((one) => one.seat === (you?.offered ?? you?.seat));
    return seat ? `${seat.seat} ${seat.state} ${seat.since}` : null;
  }

  async #raise(button) {
    const dialog = document.getElementById("hand-note");
    const note = dialog.querySelector("input");
    if ((await ask(dialog)) !== "raise") return;
    const command = { do: "raise_hand" };
    if (note.value.trim()) command.note = note.value.trim();
    note.value = "";
    await this.#ask(command, button);
  }

  async #ask(command, button) {
    button.setAttribute("aria-busy", "true");
    const reply = await this.#stream.ask(command);
    button.removeAttribute("aria-busy");
    if (!reply.ok) this.#failed(reply.message ?? word("offline"));
    return reply;
  }

  #draw() {
    const { state } = this.#store;
    this.#drawOffer(state);
    this.#drawRoom(state);
    this.#drawLeaving(state);
    this.#drawHands(state);
    put(document.getElementById("here"), counted("here", state.online));
    this.#tick();
  }

  #drawOffer({ you, seats }) {
    const box = document.getElementById("offer");
    const seat = seats.find((one) => one.seat === you?.offered);
    show(box, seat);
    if (!seat) return;
    put(part(box, "title"), word("offer.title", { seat: seat.seat }));
    put(part(box, "said"), word(you.hand === undefined ? "offer.invited" : "offer.first"));
    show(act(box, "extend_turn"), this.#extended !== this.#clockAt());
  }

  #drawRoom({ you, circle_full: full, hands }) {
    const box = document.getElementById("room");
    const place = full && you?.seat !== undefined ? full.seats.indexOf(you.seat) : -1;
    const mayLeave = allowed(this.#store.state).leave;
    show(box, place >= 0 && mayLeave);
    if (place < 0) return;
    put(part(box, "title"), word("room.title"));
    const name = hands[0]?.name ?? "";
    put(part(box, "said"), full.left_to_chair ? word("room.chair") : word(place === 0 ? "room.you" : "room.anyone", { name }));
  }

  #drawLeaving({ you, seats }) {
    const box = document.getElementById("leaving");
    const seat = seats.find((one) => one.seat === you?.seat && one.state === "leaving");
    show(box, seat);
    if (!seat) return;
    put(part(box, "title"), word("leaving.title"));
    put(part(box, "said"), word(seat.closing ? "leaving.closing" : "leaving.said"));
    show(act(box, "extend_turn"), this.#extended !== this.#clockAt());
  }

  #drawHands({ hands, you, debate }) {
    const may = allowed(this.#store.state);
    keep(document.getElementById("hands"), hands, {
      key: (hand) => hand.person,
      make: () => blank("hand"),
      fill: (element, hand, place) => {
        const own = hand.person === you?.person;
        element.toggleAttribute("data-own", own);
        put(part(element, "place"), String(place + 1));
        put(part(element, "name"), own ? word("hand.you", { name: hand.name }) : (hand.name ?? word("somebody")));
        put(part(element, "about"), hand.first ? word("hand.speaker") : hand.seated ? "" : word("hand.first_time"));
      },
    });
    put(part(this.#page, "hands-count"), hands.length ? String(hands.length) : "");
    const raisable = RAISABLE.has(debate.phase);
    show(document.getElementById("no-hands"), !hands.length && raisable);
    const idle = !hands.length && !(may.raise || may.lower || may.leave);
    this.#page.querySelector(".hands").toggleAttribute("data-idle", idle);
    show(this.#page.querySelector(".hands"), !over(debate) && (raisable || !idle));
    const mine = document.getElementById("my-hand");
    show(act(mine, "raise_hand"), may.raise);
    show(act(mine, "lower_hand"), may.lower && you.offered === undefined);
    const asked = !document.getElementById("room").hidden; // then the way out stands in that box
    show(act(mine, "leave_seat"), may.leave && !asked);
    show(mine, may.raise || (may.lower && you.offered === undefined) || (may.leave && !asked));
  }

  #tick() {
    const { you, seats, debate, circle_full: full } = this.#store.state;
    const offered = seats.find((seat) => seat.seat === you?.offered);
    const held = seats.find((seat) => seat.seat === you?.seat);
    this.#showClock("offer", offered?.until, debate);
    this.#showClock("room", full && !full.left_to_chair ? full.until : null, debate);
    this.#showClock("leaving", held?.state === "leaving" ? held.until : null, debate);
  }

  #showClock(box, until, debate) {
    const left = until ? spoken(this.#clock.left(until, debate.stopped_since)) : "";
    put(part(document.getElementById(box), "clock"), left);
  }
}
