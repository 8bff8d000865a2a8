/**
 * What an organiser pastes into the set-up page: a numbered list, speakers a line each, hashtags in a row.
 *
 * Knows nothing of the page. The server reads lists by the same rules (fishbowl/text/questions.py; the cases
 * both must pass stand in tests/js/pasted_cases.json): the preview here is what the debate will hold.
 */

const LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;
// "1." "2)" "(3)" "4:" "5 -" "Q6" "Q7:" "Question 8" "Frage 9." "Cwestiwn 10"; a year at the start is none.
const NUMBERED = new RegExp(
  "^\\s*(?:\\(\\p{Nd}{1,2}\\)" +
    "|(?:Q|F|C|Question|Frage|Cwestiwn) ?[#.]? ?\\p{Nd}{1,2}(?:[.):\\]．、）：]| ?[-–—](?=\\s)|(?=\\s|$))" +
    "|\\p{Nd}{1,2}(?:[.):\\]．、）：](?!\\p{Nd})| ?[-–—](?=\\s)))\\s*",
  "iu",
);
const BULLET = /^\s*[-*•–—‣·](?=\s)\s*/u;
const MINUTES = /\s*[([]\s*(\d{1,3})\s*(?:minutes|minuten|minute|mins|min|munudau|munud|funud|mun|['’′])\.?\s*[)\]]\s*$/i;

/** The questions of a pasted list: `[{text, minutes?}]`. `(10 min)` at a question's end says how long. */
export function pastedQuestions(text) {
  const lines = text.replace(/^\ufeff+/, "").split(LINES).map(expandTabs).filter((line) => line.trim());
  return questionsIn(lines).map(withMinutes);
}

function questionsIn(lines) {
  for (const sign of [NUMBERED, BULLET]) {
    const begun = lines.map((line) => line.match(sign));
    // One number further down is more likely a question that begins with it than a list.
    if (begun[0] || begun.filter(Boolean).length > 1) {
      return joined(begun.map(Boolean), lines.map((line, at) => line.slice(begun[at]?.[0].length ?? 0)));
    }
  }
  return joined(lines.map((line) => indent(line) <= indent(lines[0])), lines);
}

/** Lines joined into questions, `begins` telling which begin one; a heading above the first is left out. */
function joined(begins, lines) {
  const questions = [];
  lines.forEach((line, at) => {
    if (!begins[at] && !questions.length && /[:：]\s*$/.test(line)) return;
    if (begins[at] || !questions.length) questions.push([]);
    questions.at(-1).push(...line.split(/\s+/).filter(Boolean));
  });
  return questions.filter((words) => words.length).map((words) => words.join(" "));
}

function expandTabs(line) {
  let out = "";
  for (const letter of line) out += letter === "\t" ? " ".repeat(8 - (out.length % 8)) : letter;
  return out;
}

function indent(line) {
  return line.length - line.trimStart().length;
}

function withMinutes(words) {
  const said = words.match(MINUTES);
  const text = said ? words.slice(0, said.index).trim() : words;
  return said && text && Number(said[1]) > 0 ? { text, minutes: Number(said[1]) } : { text: words };
}

/** The speakers: `[{name, affiliation?}]`, split at a line's first comma. */
export function pastedSpeakers(text) {
  return text.split(LINES).map((line) => line.replace(BULLET, "").trim()).filter(Boolean).map((line) => {
    const comma = line.indexOf(",");
    const name = (comma < 0 ? line : line.slice(0, comma)).trim();
    const affiliation = comma < 0 ? "" : line.slice(comma + 1).trim();
    return affiliation ? { name, affiliation } : { name };
  }).filter((speaker) => speaker.name);
}
