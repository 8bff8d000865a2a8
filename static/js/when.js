/**
 * Times as the reader has them: their own zone, the page's language.
 */

const language = globalThis.document?.documentElement.lang || "en";
const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const whole = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });

/** Show the wire time `at` in a <time>: hours and minutes, the whole date for whoever asks. */
export function showTime(element, at) {
  if (element.dateTime === at && element.title) return;
  const date = new Date(at);
  element.dateTime = at;
  element.textContent = hour.format(date);
  element.title = whole.format(date);
}

/** The whole of it: day and hour in the reader's zone. */
export function day(at) {
  return whole.format(new Date(at));
}
