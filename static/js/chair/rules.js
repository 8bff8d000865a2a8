/**
 * The rules the chair may change while the debate is under way, in the words of the set-up page.
 */

import { ask } from "../ask.js";
import { at, show } from "../parts.js";
import { word } from "../words.js";
import { may } from "./phases.js";

const RULES = ["posting", "moderation", "entry", "exit"];

export function rules({ store, acts }) {
  return {
    show: ({ debate, you }) => show(at("change-rules"), you?.role === "chair" && may("rules", debate.phase)),

    /** Ask, and set what differs from the rules as they are by then. */
    async change() {
      const { elements } = at("rules").querySelector("form");
      for (const rule of RULES) elements[rule].value = store.state.debate.rules[rule];
      if (!(await ask(at("rules")))) return;
      const now = store.state.debate.rules;
      const changed = RULES.filter((rule) => elements[rule].value !== now[rule]);
      if (!changed.length) return;
      const command = Object.fromEntries(changed.map((rule) => [rule, elements[rule].value]));
      await acts.give({ do: "set_rules", ...command }, word("chair.rules_set"));
    },
  };
}
