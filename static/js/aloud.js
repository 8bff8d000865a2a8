/**
 * What is said aloud: one hidden log for screen readers, at most one short line every few seconds.
 *
 * The floor itself is no live region: it would read every word of everybody. The reader chooses how much is told,
 * and this browser remembers it: what the circle says by its beginning and of the rest how much ("speakers"),
 * everybody's beginnings ("everything"), only how much ("counts"), or nothing ("off"). Stage directions come at
 * every level but the last, as they are, the latest.
 */

import { direction } from "./direction.js";
import { keep, kept } from "./kept.js";
import { counted, word } from "./words.js";

const EVERY = 5; // seconds
const LONG = 90; // characters of a contribution
const BEHIND = 3; // contributions that wait to be told; older ones are only counted
const GONE = new Set(["contribution.hidden", "contribution.withdrawn", "contribution.erased"]);
const LINES = 20; // kept, so that one can go back in it
const LEVEL = "fishbowl.aloud"; // what this browser remembers

/** `log`: where lines are put; `choice`: holds a radio button for each level, one of them checked. */
export function aloud({ log, choice, store, clock }) {
  let waiting = []; // contributions whose words are told
  let uncounted = 0; // how many more there are
  let told = null; // the latest stage direction
  let seconds = 0; // since the last line

  const level = () => choice.querySelector(":checked").value;
  const stands = (number) => store.contribution(number)?.status === "posted";

  const hear = (record) => {
    const { type, author, text, circle } = record;
    if (type !== "contribution.posted") told = direction(record) ?? told;
    else if (author.person === store.state.you?.person) return;
    else if (text && (level() === "everything" || (level() === "speakers" && circle === "inner"))) waiting.push(record);
    else uncounted += 1;
    if (waiting.length > BEHIND) {
      waiting.shift();
      uncounted += 1;
    }
  };

  /** The most telling thing there is; the rest becomes a count or waits. `says`: the contribution whose words are in it. */
  const next = () => {
    const line = told;
    told = null;
    if (line) return { line };
    const n = uncounted;
    uncounted = 0;
    const first = waiting.shift();
    if (!first) return { line: n && counted("aloud.new", n) };
    const text = first.text.length > LONG ? `${first.text.slice(0, LONG)} …` : first.text;
    const said = word("aloud.inner", { name: first.author.name, text });
    return { line: n ? `${said} ${counted("aloud.more", n)}` : said, says: first.contribution };
  };

  const tick = () => {
    seconds += 1;
    if (seconds < EVERY) return;
    const { line, says } = next();
    if (!line) return;
    seconds = 0;
    const entry = document.createElement("p");
    entry.textContent = line;
    if (says) entry.dataset.says = says;
    log.append(entry);
    if (log.childElementCount > LINES) log.firstElementChild.remove();
  };

  for (const one of choice.querySelectorAll("input")) if (one.value === kept(LEVEL)) one.checked = true;
  choice.addEventListener("change", () => {
    keep(LEVEL, level());
    [waiting, uncounted, told] = [[], 0, null];
  });
  store.watch(({ records }) => {
    if (level() !== "off") records?.forEach(hear);
    if (records?.every(({ type }) => !GONE.has(type))) return;
    // What was hidden or withdrawn since stands here no more, said or still to be said.
    waiting = waiting.filter(({ contribution }) => stands(contribution));
    for (const entry of log.querySelectorAll("[data-says]")) if (!stands(Number(entry.dataset.says))) entry.remove();
  });
  clock.every(tick);
}
