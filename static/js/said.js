/**
 * Texts of the debate, which may come in several languages: told in the page's where there is one, and marked
 * where there is not, so that they are read aloud as what they are.
 */

import { mark, put } from "./parts.js";

/** The text in the page's language, else in English, else in the first there is. */
export function said(words) {
  if (typeof words === "string") return words;
  return words[document.documentElement.lang] ?? words.en ?? Object.values(words)[0] ?? "";
}

/** Put a text of the debate there, with its language. */
export function tell(element, words) {
  const text = said(words);
  put(element, text);
  const languages = typeof words === "string" ? [] : Object.keys(words).filter((one) => words[one] === text);
  markLanguage(element, languages.includes(document.documentElement.lang) ? "" : languages[0]);
}

/** Mark that `element` holds a text in `language`; one that does not say is in the debate's. */
export function markLanguage(element, language = document.body.dataset.language) {
  mark(element, { lang: language && language !== document.documentElement.lang ? language : null });
}
