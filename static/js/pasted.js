/**
 * What an organiser pastes into the set-up page: a numbered list, speakers a line each, hashtags in a row.
 *
 * Knows nothing of the page. The server reads the same lists by the same rules (the cases both must pass
 * stand in tests/js/pasted_cases.json): the preview here is what the debate will hold.
 */

const NUMBERED = /^(?:(?:q|question)\s*\d{1,3}\s*[.):–-]?|\d{1,3}\s*[.):]|\d{1,3}\s+[–-])\s*/i;
const BULLET = /^[-–*•]\s+/;
const MINUTES = /\s*[([]\s*(\d{1,3})\s*(?:minutes|minute|mins|min|['’′])\.?\s*[)\]]\s*$/i;

/** The questions of a pasted list: `[{text, minutes?}]`. A line without a number belongs to the one above it,
 *  unless no line has one; then each line is a question. `(10 min)` at the end says how long. */
export function pastedQuestions(text) {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim()).filter(Boolean);
  const opens = (line) => NUMBERED.test(line) || BULLET.test(line);
  const listed = lines.some(opens);
  const found = [];
  for (const line of lines) {
    const words = line.replace(NUMBERED, "").replace(BULLET, "").trim();
    if (!words) continue;
    if (listed && !opens(line) && found.length) found[found.length - 1] += ` ${words}`;
    else found.push(words);
  }
  return found.map(withMinutes);
}

function withMinutes(words) {
  const said = words.match(MINUTES);
  const text = said ? words.slice(0, said.index).trim() : words;
  return said && text && Number(said[1]) > 0 ? { text, minutes: Number(said[1]) } : { text: words };
}

/** The speakers: `[{name, affiliation?}]`, split at a line's first comma. */
export function pastedSpeakers(text) {
  return text.split(/\r\n?|\n/).map((line) => line.replace(BULLET, "").trim()).filter(Boolean).map((line) => {
    const comma = line.indexOf(",");
    const name = (comma < 0 ? line : line.slice(0, comma)).trim();
    const affiliation = comma < 0 ? "" : line.slice(comma + 1).trim();
    return affiliation ? { name, affiliation } : { name };
  }).filter((speaker) => speaker.name);
}

/** The hashtags, without their sign, each once. */
export function pastedHashtags(text) {
  const words = text.split(/[\s,;]+/).map((word) => word.replace(/^[#＃]+/, "")).filter(Boolean);
  const seen = new Set();
  return words.filter((word) => {
    const folded = word.toLowerCase();
    return !seen.has(folded) && seen.add(folded);
  });
}
