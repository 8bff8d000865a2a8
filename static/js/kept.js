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

export function keep(name, word) {
  try {
    localStorage.setItem(name, word);
  } catch {
    // Storage is switched off.
  }
}
