/**
 * The sentences scripts say, as the page brought them in the reader's language (its block `words`).
 *
 * No other module holds a sentence. A test finds every key used here and in the page's list.
 */

/** `sentences`: key -> sentence; a counted one has a key for each plural category: `new.one`, `new.other`. */
export function words(sentences, language) {
  const plural = new Intl.PluralRules(language);
  const format = new Intl.NumberFormat(language);
  /** A count as the language writes it. What is a name (of a seat, a question) is never grouped. */
  const number = (n) => format.format(n);
  /** The sentence of `key`, its `{placeholders}` filled. */
  const word = (key, values = {}) =>
    (sentences[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  /** The same, or null where the page has no such sentence. */
  const told = (key, values) => (key in sentences ? word(key, values) : null);
  /** The same where the sentence depends on the number `n`, which fills `{n}`. */
  const counted = (key, n, values) => {
    const form = `${key}.${plural.select(n)}`;
    return word(form in sentences ? form : `${key}.other`, { n: number(n), ...values });
  };
  return { number, word, told, counted };
}

const page = globalThis.document;
const brought = [...(page?.getElementById("words")?.content.querySelectorAll("data") ?? [])];

/** This page's. */
export const { number, word, told, counted } = words(
  Object.fromEntries(brought.map((entry) => [entry.value, entry.textContent])),
  page?.documentElement.lang || "en",
);
