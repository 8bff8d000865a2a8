/**
 * The sentences scripts say, as the page brought them in the reader's language (its block `words`).
 *
 * No other module holds a sentence. A test finds every key used here and in the page's list.
 */

export class Words {
  #sentences;
  #plural;
  #format;

  /** `sentences`: key -> sentence; a counted one has a key for each plural category: `new.one`, `new.other`. */
  constructor(sentences, language) {
    this.#sentences = new Map(Object.entries(sentences));
    this.#plural = new Intl.PluralRules(language);
    this.#format = new Intl.NumberFormat(language);
  }

  /** The sentence of `key` with `{placeholders}` filled. */
  say(key, values = {}) {
    const sentence = this.#sentences.get(key) ?? key;
    return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** A count as the language writes it. What is a name (of a seat, a question) is never grouped. */
  number(n) {
    return this.#format.format(n);
  }

  /** The same where the sentence depends on a number, which fills `{n}`. */
  count(key, n, values = {}) {
    const form = `${key}.${this.#plural.select(n)}`;
    return this.say(this.#sentences.has(form) ? form : `${key}.other`, { n: this.number(n), ...values });
  }
}

function brought() {
  if (typeof document === "undefined") return new Words({}, "en");
  const entries = document.getElementById("words")?.content.querySelectorAll("data") ?? [];
  return new Words(
    Object.fromEntries([...entries].map((entry) => [entry.value, entry.textContent])),
    document.documentElement.lang,
  );
}

const page = brought();

/** This page's sentence of `key`, its `{placeholders}` filled. */
export function word(key, values) {
  return page.say(key, values);
}

/** The same where the sentence depends on the number `n`, which fills `{n}`. */
export function counted(key, n, values) {
  return page.count(key, n, values);
}

/** A count as the page's language writes it. */
export function number(n) {
  return page.number(n);
}
