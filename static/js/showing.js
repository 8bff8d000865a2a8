/**
 * Which contributions the reader wants to see: everything, the inner circle, a question, a hashtag, their own.
 *
 * Pure. The choice stands in the address (`?show=inner`, `q3`, `tag:keys`, `mine`), so that it can be sent on.
 */

/** `{kind: "everything"|"inner"|"mine"|"question"|"tag", name, question?, tag?}` of what the address says. */
export function showing(name) {
  const question = /^q([1-9][0-9]?)$/.exec(name ?? "");
  if (question) return { kind: "question", name, question: Number(question[1]) };
  if (name?.startsWith("tag:") && name.length > 4) return { kind: "tag", name, tag: name.slice(4).toLowerCase() };
  if (name === "inner" || name === "mine") return { kind: name, name };
  return { kind: "everything", name: "" };
}

/** Whether `contribution` is meant; `you` is the reader's person id, `hashtags` the debate's own. */
export function matches({ kind, question, tag }, contribution, { you, hashtags = [] } = {}) {
  switch (kind) {
    case "inner":
      return contribution.circle === "inner";
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
