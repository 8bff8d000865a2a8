/**
 * The rules the chair may change while the debate is under way, in the words of the set-up page.
 */

import { ask } from "../ask.js";
import { show } from "../parts.js";
import { word } from "../words.js";
import { may } from "./phases.js";

const RULES = ["posting", "entry", "exit"];

const element = (id) => document.getElementById(id);

export class Rules {
  #store;
  #acts;

  constructor({ store, acts }) {
    this.#store = store;
    this.#acts = acts;
  }

  show({ debate, you }) {
    show(element("change-rules"), you?.role === "chair" && may("rules", debate.phase));
  }

  /** Ask, and set what differs from the rules as they are by then. */
  async change() {
    const dialog = element("rules");
    const { elements } = dialog.querySelector("form");
    for (const rule of RULES) elements[rule].value = this.#store.state.debate.rules[rule];
    if (!(await ask(dialog))) return;
    const now = this.#store.state.debate.rules;
    const changed = RULES.filter((rule) => elements[rule].value !== now[rule]);
    if (!changed.length) return;
    const command = Object.fromEntries(changed.map((rule) => [rule, elements[rule].value]));
    await this.#acts.give({ do: "set_rules", ...command }, word("chair.rules_set"));
  }
}
