/**
 * The rule card, brought up to date: which of its sentences are said, and with which figures.
 *
 * Holds no sentence: the page brought all there are (templates/macros/rules.html), those that are not set hidden.
 */

import { at, put, show } from "./parts.js";
import { number } from "./words.js";

/** Show on `card` what is set in a debate: its `rules`, `door` and `audience`. */
export function showCard(card, { rules, door, audience }) {
  const settings = { ...rules, door, audience };
  const figure = (name) => {
    const value = settings[name];
    if (!name.endsWith("_seconds")) return number(value);
    const whole = value > 0 && value % 60 === 0;
    return card.dataset[whole ? "minutes" : "seconds"].replace("{n}", number(whole ? value / 60 : value));
  };
  for (const line of card.children) {
    const { rule, value, said } = line.dataset;
    show(line, value ? settings[rule] === value : settings[rule]);
    put(line, line.hidden ? "" : said.replace(/\{(\w+)\}/g, (_, name) => figure(name)));
  }
  // Two streams, or one, are another page.
  const threads = at("threads");
  if (threads && "streams" in threads.dataset !== (rules.posting === "two_stream")) location.reload();
}
