/**
 * Which key does what on the chair's console.
 *
 * Knows nothing of the page: it reads a key event's plain fields and answers an act's name. A key held with
 * Ctrl, Alt or Meta is the browser's; while somebody types, every key is theirs.
 */

/** Act -> its key, in the order in which they are listed. */
export const KEYS = [
  ["down", "j"],
  ["up", "k"],
  ["tag", "1 – 9"],
  ["untag", "0"],
  ["hide", "h"],
  ["highlight", "l"],
  ["reply", "r"],
  ["compose", "c"],
  ["next", "n"],
  ["back", "b"],
  ["seat_first", "s"],
  ["open_seat", "o"],
  ["invite", "i"],
  ["freeze", "f"],
  ["announce", "a"],
  ["undo", "z"],
  ["newest", "g"],
  ["keys", "?"],
];

const ACTS = new Map(KEYS.filter(([, key]) => key.length === 1).map(([act, key]) => [key, act]));
const IN_LIST = new Map([["ArrowDown", "down"], ["ArrowUp", "up"], ["End", "newest"]]);

function tagging(question, add) {
  return add ? { act: "tag", question, add } : { act: "tag", question };
}

/**
 * The act of a key event: `{act, question?, add?}` or null. `event` has `key`, `code`, `shiftKey`, `ctrlKey`,
 * `altKey`, `metaKey`;
 * `where.typing`: the focus is in a field; `where.inList`: it is in the floor; `where.on`: keys are on.
 */
export function actOf(event, where) {
  if (event.ctrlKey || event.altKey || event.metaKey || where.typing) return null;
  if (where.inList && IN_LIST.has(event.key)) return { act: IN_LIST.get(event.key) };
  if (!where.on) return null;
  const digit = /^Digit([1-9])$/.exec(event.code ?? "")?.[1] ?? /^[1-9]$/.exec(event.key)?.[0];
  if (digit && (event.shiftKey || event.key === digit)) return tagging(Number(digit), event.shiftKey);
  const act = ACTS.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return act ? { act } : null;
}
