/**
 * Which key does what on the chair's console, and which of them are the chair's own choice.
 *
 * Knows nothing of the page: it reads a key event's plain fields and answers an act's name. A key held with
 * Ctrl, Alt or Meta is the browser's; while somebody types, every key is theirs. No key has two acts.
 */

/** Act -> its key, unless the chair chose another. Digits from 1 on name questions, and nothing else. */
export const KEYS = {
  down: "j",
  up: "k",
  tag: "1 – 9",
  untag: "0",
  unthread: "t",
  hide: "h",
  release: "e",
  refuse: "v",
  resolve: "d",
  waiting: "w",
  unsure: "u",
  person: "p",
  unanswered: "y",
  highlight: "l",
  carry_in: ",",
  reply: "r",
  compose: "c",
  next: "n",
  back: "b",
  to_asked: "m",
  seat_first: "s",
  open_seat: "o",
  invite: "i",
  round: ".",
  freeze: "f",
  announce: "a",
  let_in: "q",
  turn_away: "x",
  undo: "z",
  newest: "g",
  keys: "?",
};

const IN_LIST = { ArrowDown: "down", ArrowUp: "up", End: "newest" };

function tagging(question, add) {
  return add ? { act: "tag", question, add } : { act: "tag", question };
}

function actWith(keys, key) {
  return Object.keys(keys).find((act) => keys[act] === key);
}

/**
 * The act of a key event: `{act, question?, add?}` or null. `event` has `key`, `code`, `shiftKey`, `ctrlKey`,
 * `altKey`, `metaKey`;
 * `where.typing`: the focus is in a field; `where.inList`: it is in the floor; `where.on`: keys are on;
 * `where.keys`: act -> its key, "" for none.
 */
export function actOf(event, { typing, inList, on, keys }) {
  if (event.ctrlKey || event.altKey || event.metaKey || typing) return null;
  if (inList && IN_LIST[event.key]) return { act: IN_LIST[event.key] };
  if (!on) return null;
  const digit = /^Digit([1-9])$/.exec(event.code ?? "")?.[1] ?? /^[1-9]$/.exec(event.key)?.[0];
  if (digit && keys.tag && (event.shiftKey || event.key === digit)) return tagging(Number(digit), event.shiftKey);
  const act = actWith(keys, event.key.toLowerCase());
  return act ? { act } : null;
}

/** `typed` as the key of `act`: `{key}`, "" for none; or `{taken}`, the act it belongs to. */
export function chosen(keys, act, typed) {
  const key = ([...typed.trim()].at(-1) ?? "").toLowerCase();
  const owner = /[1-9]/.test(key) ? "tag" : key && actWith(keys, key);
  return owner && owner !== act ? { taken: owner } : { key };
}

/** The keys of a chair who chose `own`: act -> key, of acts there are. Where two would be one key, ours stands. */
export function keysWith(own) {
  const keys = { ...KEYS };
  const wanted = Object.entries(own).filter(([act, key]) => Object.hasOwn(KEYS, act) && typeof key === "string");
  for (const [act] of wanted) keys[act] = "";
  for (const [act, key] of wanted) keys[act] = act === "tag" ? key && KEYS.tag : (chosen(keys, act, key).key ?? "");
  return keys;
}
