/**
 * When to come back after a connection ended. Pure: the close code and a random number in, milliseconds out.
 *
 * PROTOCOL, "Close codes": after some the page stays away for good, after all others it comes back at a random
 * moment within the window the server gave, so that thousands who were cut off together do not return together.
 */

/** Code -> why there is no way back. */
const FOR_GOOD = new Map([
  [4501, "revoked"],
  [4502, "gone"],
  [4503, "misunderstood"],
  [1003, "misunderstood"],
  [1007, "misunderstood"],
  [1009, "misunderstood"],
]);

/** Used until a hello has named the server's own. Seconds, as on the wire. */
export const WINDOW = { min: 0.5, max: 3 };

/** Closed by this page, since a better line is there. */
export const BETTER = 1000;

const LONGEST = 30_000;

/**
 * `{again: true, wait}` with milliseconds to wait, or `{again: false, why}`. `tries`: attempts that failed in a
 * row since the last one that worked; each doubles the window. `random` is in [0, 1).
 */
export function comeBack(code, { retry = WINDOW, tries = 0, random = Math.random() } = {}) {
  const why = FOR_GOOD.get(code);
  if (why) return { again: false, why };
  if (code === BETTER) return { again: true, wait: 0 };
  const grown = 2 ** Math.min(tries, 6);
  const from = Math.min(retry.min * 1000 * grown, LONGEST / 2);
  const to = Math.min(retry.max * 1000 * grown, LONGEST);
  return { again: true, wait: Math.round(from + (to - from) * random) };
}
