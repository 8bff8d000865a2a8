/**
 * What is reckoned of a debate's course: how late the next question starts, who is heard, what nobody answered.
 *
 * Pure. Counts what the store holds: in a long debate the newest contributions, not all.
 */

import { plan } from "../plan.js";

const AGE = 120_000; // milliseconds a contribution has had for an answer before it is called unanswered

/**
 * At this pace: `{question, minutes}`, the number of the question after the one in focus (null: the wrap-up) and by how
 * many minutes it starts later than planned (below 0: earlier). Null while nothing can be said. `now` is the time by
 * which clocks count, `used` the milliseconds the question in focus has had.
 */
export function late({ debate, questions }, now, used) {
  const place = questions.findIndex(({ focus }) => focus);
  if (debate.phase !== "live" || !debate.ends_at || place < 0) return null;
  const { opening, questions: each } = plan(debate.minutes, questions);
  const start = Date.parse(debate.ends_at) - debate.minutes * 60_000; // moved by every interruption
  const planned = start + (opening + each.slice(0, place + 1).reduce((sum, one) => sum + one, 0)) * 60_000;
  const begins = now + Math.max(0, each[place] * 60_000 - used);
  return { question: questions[place + 1]?.question ?? null, minutes: Math.round((begins - planned) / 60_000) };
}

/** Who is heard: `{inner, outer}` contributions, how many `heard` of `people` who may speak, and who is new among them. */
export function voices({ contributions, people }) {
  const shown = contributions.filter(({ status }) => status === "posted");
  const of = (circle) => shown.filter((one) => one.circle === circle).length;
  const sitters = people.filter(({ role }) => role === "participant" || role === "speaker");
  const heard = sitters.filter((one) => one.contributions > 0);
  return {
    inner: of("inner"),
    outer: of("outer"),
    heard: heard.length,
    people: sitters.length,
    once: heard.filter((one) => one.contributions === 1).length,
  };
}

/** The numbers of contributions from outside the circle that nobody has answered, the oldest first. Guesses do not count. */
export function unanswered({ contributions }, now) {
  const sure = ({ reply_to: to, inferred }) => (inferred ? undefined : to);
  const answered = new Set(contributions.map(sure));
  return contributions
    .filter((one) => one.status === "posted" && one.circle === "outer" && sure(one) === undefined)
    .filter(({ contribution, at }) => !answered.has(contribution) && now - Date.parse(at) >= AGE)
    .map(({ contribution }) => contribution);
}
