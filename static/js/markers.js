/**
 * The question markers of a text while it is typed, so that the composer shows them as a choice.
 *
 * A preview: what counts is what the server finds (fishbowl/text/markers.py knows quarters, code and options
 * apart as well). Q3, question 3 and #q3 count anywhere, A3 at the start or as #a3.
 */

const APART = String.raw`(?<![\p{L}\p{N}_@/\\.$&=+\-])`;
const NUMBER = String.raw`0?([1-9][0-9]?)(?![\p{L}\p{N}_@°%€£$(]|[.,:/][0-9])`;
const ANYWHERE = new RegExp(
  `${APART}(?:[#＃]?q[.]? ?#?${NUMBER}|questions? ?(?:no[.]? ?|number )?#?${NUMBER}|[#＃]a${NUMBER})`,
  "giu",
);
const AT_THE_START = new RegExp(`^(?:@[A-Za-z0-9_]+|[\\s:,."“'(\\[])*a${NUMBER}`, "iu");

/** The numbers of the questions a text names, in order, each once; `known`: the numbers there are. */
export function markers(text, known) {
  const found = [AT_THE_START.exec(text), ...text.matchAll(ANYWHERE)].filter(Boolean);
  const numbers = found.map((match) => Number(match.slice(1).find((group) => group !== undefined)));
  return [...new Set(numbers)].filter((number) => known.includes(number));
}
