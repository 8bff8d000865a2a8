/**
 * Everybody in the debate, found by name; and from there somebody is invited to a seat, or seated.
 *
 * Shows what the store says, also while it is open.
 */

import { initials } from "../contribution.js";
import { at, fill, mark, part, put, show } from "../parts.js";
import { counted, word } from "../words.js";
import { everybody, isModerated, sitters } from "./facts.js";
import { may } from "./phases.js";
import { keepRows } from "./rows.js";

const BACKSTAGE = ["chair", "moderator", "speaker", "organiser"]; // roles that are told

/** `moderate(person)`: ask what is to be done with somebody. */
export function people({ store, acts, moderate }) {
  const [dialog, field, rows] = ["people", "people-find", "people-rows"].map(at);
  let seat = null; // the seat somebody is chosen for; null: any
  let choosing = false;

  const about = ({ handle, role, affiliation, seat, contributions: n }, waiting) => {
    const facts = [
      `@${handle}`,
      BACKSTAGE.includes(role) && word(`role.${role}`),
      affiliation,
      seat && word("seat", { seat }),
      waiting && word("chair.hand_up"),
      n && counted("chair.contributions", n),
    ];
    return facts.filter(Boolean).join(", ");
  };

  /** Who is blocked and not listed for that. */
  const out = ({ blocked, people }) =>
    blocked.filter(({ person }) => !people.some((one) => one.person === person)).map((one) => ({ ...one, blocked: true }));

  const draw = (state) => {
    put(at("people-count"), counted("chair.people_count", state.people.length));
    if (!dialog.open) return;
    const find = field.value.trim().toLocaleLowerCase();
    const listed = (choosing ? sitters(state) : [...everybody(state), ...out(state)]).filter(({ name, handle, affiliation }) =>
      [name, handle, affiliation].some((said) => said?.toLocaleLowerCase().includes(find)),
    );
    const steers = state.you?.role === "chair" && may("seats", state.debate.phase);
    const waiting = new Set(state.hands.map(({ person }) => person));
    show(at("people-none"), !listed.length);
    keepRows(rows, listed, {
      home: field,
      key: "person",
      blank: "person-row",
      fill(person, _, row) {
        const sits = (person.role === "participant" || person.role === "speaker") && !person.seat;
        for (const name of ["invite", "seat"]) {
          const button = part(row, name);
          show(button, steers && sits);
          mark(button, { "aria-label": `${button.textContent.trim()}: ${person.name ?? ""}` });
        }
        const name = person.name ?? word("somebody");
        const moderating = part(row, "person");
        show(moderating, !choosing && (person.blocked || isModerated(person)) && may("block", state.debate.phase));
        mark(moderating, { "aria-label": `${moderating.textContent.trim()}: ${name}` });
        return {
          dot: initials(person.name),
          name,
          about: person.blocked ? word("chair.person.blocked") : about(person, waiting.has(person.person)),
        };
      },
    });
  };

  const open = (where, chooses) => {
    if (!store.state) return;
    [seat, choosing] = [where, chooses];
    field.value = "";
    const choice = seat ? word("chair.people.for_seat", { seat }) : word("chair.people.invite");
    fill(dialog, { title: choosing ? choice : word("chair.people") });
    dialog.showModal();
    draw(store.state);
    field.focus();
  };

  const give = (name, person) => {
    const whom = { name: store.person(person)?.name ?? "" };
    const said = name === "invite" ? word("chair.invited", whom) : word("chair.seated", whom);
    dialog.close();
    acts.give({ do: name, person, ...(seat && { seat }) }, said);
  };

  field.addEventListener("input", () => draw(store.state));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = rows.firstElementChild;
    if (choosing && first) give("invite", first.dataset.key); // whoever stands first, when somebody is being chosen
  });
  rows.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    const person = button?.closest("li").dataset.key;
    if (button?.dataset.act === "person") {
      dialog.close();
      moderate(person);
    } else if (button) give(button.dataset.act, person);
  });

  return {
    show: draw,

    /** Open the list to see everybody. */
    see: () => open(null, false),

    /** Open the list to choose somebody for `where`, a seat, or for any free one. */
    open: (where = null) => open(where, true),
  };
}
