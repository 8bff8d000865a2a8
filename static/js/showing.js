/**
 * Which contributions the reader wants to see: everything, the inner circle with what it
 * carried in, what stands beside it, a question, a hashtag, their own.
 *
 * Pure. The choice stands in the address (`?show=inner`, `beside`, `q3`, `tag:keys`, `mine`), so that it can be sent on.
 */

/** `{kind: "everything"|"inner"|"beside"|"mine"|"question"|"tag", name, question?, tag?}` of what the address says. */
export function showing(name) {
  const [, question, tag] = /^(?:q([1-9][0-9]?)|tag:(.+))$/s.exec(name ?? "") ?? [];
  if (question) return { kind: "question", name, question: Number(question) };
  if (tag) return { kind: "tag", name, tag: tag.toLowerCase() };
  if (/^(inner|beside|mine)$/.test(name)) return { kind: name, name };
  return { kind: "everything", name: "" };
}

/** Whether `contribution` is meant; `you` is the reader's person id, `hashtags` the debate's own. */
export function matches({ kind, question, tag }, contribution, { you, hashtags = [] } = {}) {
  switch (kind) {
    case "inner":
    case "beside":
      return (contribution.circle === "inner" || "carried_in" in contribution) === (kind === "inner");
    case "mine":
      return contribution.author.person === you;
    case "question":
      return contribution.tags.some((one) => one.question === question);
    case "tag":
      return (
        hashtags.some((one) => one.toLowerCase() === tag) ||
        (contribution.entities?.hashtags ?? []).some((one) => one.text.toLowerCase() === tag)
      );
    default:
      return true;
  }
}
