/**
 * The plan of a debate in minutes: opening, questions, wrap-up, and whether they fit.
 *
 * Knows nothing of the page. Five questions at ten minutes in an hour is what hosts advise; seven is tight
 * (RULES, "Phases").
 */

export const OPENING = 5;
export const WRAP_UP = 5;
export const COMFORTABLE = 10;

/**
 * What `minutes` hold: `{opening, wrapUp, questions: [minutes each], total, spare, verdict}`. Questions
 * without minutes of their own share what is left. `verdict`: `none` (no question yet), `over` (does not fit),
 * `tight` (a question gets less than ten minutes), `fits`.
 */
export function plan(minutes, questions) {
  const fixed = questions.reduce((sum, question) => sum + (question.minutes ?? 0), 0);
  const sharing = questions.filter((question) => !question.minutes).length;
  const left = minutes - OPENING - WRAP_UP - fixed;
  const share = sharing ? Math.max(0, Math.floor(left / sharing)) : 0;
  const each = questions.map((question) => question.minutes ?? share);
  const total = OPENING + WRAP_UP + each.reduce((sum, one) => sum + one, 0);
  return {
    opening: OPENING,
    wrapUp: WRAP_UP,
    questions: each,
    total,
    spare: minutes - total,
    verdict: verdict(each, left, sharing),
  };
}

function verdict(each, left, sharing) {
  if (!each.length) return "none";
  if (left < sharing) return "over"; // not even a minute for each that shares, or less than nothing left
  return Math.min(...each) < COMFORTABLE ? "tight" : "fits";
}
