/**
 * Everybody in the debate, found by name; and from there somebody is invited to a seat, or seated.
 *
 * Shows what the store says, also while it is open.
 */

import { initials } from "../contribution.js";
import { act, blank, mark, part, put, show } from "../parts.js";
import { counted, word } from "../words.js";
import { everybody, sitters } from "./facts.js";
import { may } from "./phases.js";
import { keepRows } from "./rows.js";

const ROLES = {
  chair: "role.chair",
  moderator: "role.moderator",
  speaker: "role.speaker",
  organiser: "role.organiser",
};

const element = (id) => document.getElementById(id);

export class People {
  #store;
  #acts;
  #seat = null; // the seat somebody is chosen for; null: any
  #choosing = false;

  constructor({ store, acts }) {
    this.#store = store;
    this.#acts = acts;
    element("people-find").addEventListener("input", () => this.show(store.state));
    element("people-find").addEventListener("keydown", (event) => this.#enter(event));
    element("people-rows").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) this.#give(button.dataset.act, button.closest("li").dataset.key);
    });
  }

  /** Open the list to see everybody. */
  see() {
    this.#open(null, false);
  }

  /** Open the list to choose somebody for `seat`, or for any free one. */
  open(seat = null) {
    this.#open(seat, true);
  }

  #open(seat, choosing) {
    if (!this.#store.state) return;
    this.#seat = seat;
    this.#choosing = choosing;
    element("people-find").value = "";
    put(part(element("people"), "title"), this.#title(seat, choosing));
    element("people").showModal();
    this.show(this.#store.state);
    element("people-find").focus();
  }

  #title(seat, choosing) {
    if (!choosing) return word("chair.people");
    return seat ? word("chair.people.for_seat", { seat }) : word("chair.people.invite");
  }

  show(state) {
    put(element("people-count"), counted("chair.people_count", state.people.length));
    if (!element("people").open) return;
    const find = element("people-find").value.trim().toLocaleLowerCase();
    const listed = (this.#choosing ? sitters(state) : everybody(state)).filter((person) =>
      [person.name, person.handle, person.affiliation].some((said) => said?.toLocaleLowerCase().includes(find)),
    );
    show(element("people-none"), !listed.length);
    const waiting = new Set(state.hands.map((hand) => hand.person));
    keepRows(element("people-rows"), listed, {
      home: element("people-find"),
      key: (person) => person.person,
      make: () => blank("person-row"),
      fill: (row, person) => this.#fill(row, person, waiting.has(person.person)),
    });
  }

  #fill(row, person, waiting) {
    const { you, debate } = this.#store.state;
    const seats = you?.role === "chair" && may("seats", debate.phase);
    const sits = ["participant", "speaker"].includes(person.role) && !person.seat;
    put(part(row, "dot"), initials(person.name));
    put(part(row, "name"), person.name ?? word("somebody"));
    put(part(row, "about"), this.#about(person, waiting));
    for (const name of ["invite", "seat"]) {
      const button = act(row, name);
      show(button, seats && sits);
      mark(button, "aria-label", `${button.textContent.trim()}: ${person.name ?? ""}`);
    }
  }

  #about(person, waiting) {
    const facts = [
      `@${person.handle}`,
      ROLES[person.role] && word(ROLES[person.role]),
      person.affiliation,
      person.seat && word("seat", { seat: person.seat }),
      waiting && word("chair.hand_up"),
      person.contributions ? counted("chair.contributions", person.contributions) : null,
    ];
    return facts.filter(Boolean).join(", ");
  }

  /** Enter in the search invites whoever stands first, when somebody is being chosen. */
  #enter(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = element("people-rows").firstElementChild;
    if (this.#choosing && first) this.#give("invite", first.dataset.key);
  }

  async #give(name, person) {
    const seat = this.#seat ? { seat: this.#seat } : {};
    const whom = { name: this.#store.person(person)?.name ?? "" };
    const said = word(name === "invite" ? "chair.invited" : "chair.seated", whom);
    element("people").close();
    await this.#acts.give({ do: name, person, ...seat }, said);
  }
}
