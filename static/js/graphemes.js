/**
 * How many characters a reader sees, and what a text will be stored as: the composer's counter.
 *
 * The server counts the same way (fishbowl/text/normalise.py); where a browser cannot segment, code points
 * stand in, which never promises more room than there is.
 */

const SEGMENTER = typeof Intl.Segmenter === "function" ? new Intl.Segmenter("en", { granularity: "grapheme" }) : null;

/** The text as it will be stored: NFC, line ends as LF, tabs as spaces, trimmed. */
export function clean(text) {
  return text.replace(/\r\n?/g, "\n").replaceAll("\t", " ").normalize("NFC").trim();
}

/** Characters as a reader counts them: an emoji family is one. */
export function graphemes(text) {
  if (!SEGMENTER) return [...text].length;
  let n = 0;
  for (const _ of SEGMENTER.segment(text)) n += 1;
  return n;
}
