/**
 * Which contributions the reader wants to see: everything, the inner circle with what it
 * carried in, what stands beside it, a question, a hashtag, their own.
 *
 * Pure. The choice stands in the address (`?show=inner`, `beside`, `q3`, `tag:keys`, `mine`), so that it can be sent on.
 */

/** `{name, question?, tag?}` of what the address says; what cannot be read is everything, whose name is empty. */
export function showing(name) {
  const [, question, tag] = /^(?:q([1-9][0-9]?)|tag:(.+))$/s.exec(name ?? "") ?? [];
  if (question) return { name, question: Number(question) };
  if (tag) return { name, tag: tag.toLowerCase() };
  return { name: /^(inner|beside|mine)$/.test(name) ? name : "" };
}

/** Whether `contribution` is meant; `you` is the reader's person id, `hashtags` the debate's own. */
export function matches({ name, question, tag }, contribution, { you, hashtags = [] } = {}) {
  const { circle, author, tags, entities } = contribution;
  if (question) return tags.some((one) => one.question === question);
  if (tag) {
    const written = (entities?.hashtags ?? []).map(({ text }) => text);
    return [...hashtags, ...written].some((one) => one.toLowerCase() === tag);
  }
  if (name === "mine") return author.person === you;
  return !name || (circle === "inner" || "carried_in" in contribution) === (name === "inner");
}
