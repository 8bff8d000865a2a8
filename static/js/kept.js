/**
 * What this browser keeps for its reader: a word under a name. Nothing where storage is switched off; then what
 * was chosen holds until the page is left.
 */

/** The word kept under `name`, or null. */
export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keep `word` under `name`; nothing more, where there is none. */
export function keep(name, word) {
  try {
    if (word) localStorage.setItem(name, word);
    else localStorage.removeItem(name);
  } catch {
    // Storage is switched off, or full.
  }
}
