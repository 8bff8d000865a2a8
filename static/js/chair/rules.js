/**
 * The rules the chair may change while the debate is under way, in the words of the set-up page.
 */

import { ask } from "../ask.js";
import { showCard } from "../card.js";
import { at } from "../parts.js";
import { word } from "../words.js";

const RULES = ["posting", "moderation", "names", "entry", "exit", "turn_seconds", "round_seconds", "tagging"];

export function rules({ store, acts }) {
  const { elements } = at("rules").querySelector("form");
  const chosen = (rule) => (rule.endsWith("_seconds") ? Number(elements[rule].value) : elements[rule].value);

  /** The card says what would be set. */
  const draw = () => {
    const wanted = Object.fromEntries(RULES.map((rule) => [rule, chosen(rule)]));
    const { debate } = store.state;
    showCard(at("rule-card"), { ...debate, rules: { ...debate.rules, ...wanted } });
  };

  at("rules").addEventListener("change", draw);
  return {
    /** Ask, and set what differs from the rules as they are by then. */
    async change() {
      for (const rule of RULES) set(elements[rule], store.state.debate.rules[rule]);
      draw();
      if (!(await ask(at("rules")))) return;
      const now = store.state.debate.rules;
      const changed = RULES.filter((rule) => chosen(rule) !== now[rule]);
      if (!changed.length) return;
      const command = Object.fromEntries(changed.map((rule) => [rule, chosen(rule)]));
      await acts.give({ do: "set_rules", ...command }, word("chair.rules_set"));
    },
  };
}

/** Set a field; a length that is none of the usual ones is one more to choose. */
function set(field, value) {
  field.value = value;
  if (field.value !== String(value)) {
    field.add(new Option(word("chair.seconds", { n: value }), value));
    field.value = value;
  }
}
