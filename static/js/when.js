/**
 * Times as the reader has them: their own zone, the page's language.
 */

const page = globalThis.document?.documentElement.lang || "en";
const language = page === "en" ? "en-GB" : page; // "en" alone would have the month before the day
const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const whole = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", hourCycle: "h23" });

/** Show the wire time `at` in a <time>: hours and minutes, the whole date for whoever asks. */
export function showTime(element, at) {
  if (element.dateTime === at && element.title) return;
  element.dateTime = at;
  element.textContent = hourOf(at);
  element.title = day(at);
}

/** Hours and minutes in the reader's zone. */
export function hourOf(at) {
  return hour.format(new Date(at));
}

/** The whole of it: day and hour in the reader's zone. */
export function day(at) {
  return whole.format(new Date(at));
}
