/**
 * Commands that must not be lost with the page: kept by the browser until they are accepted or removed.
 *
 * One per person of a debate: somebody else in this browser does not post what another wrote. All tabs share it,
 * so it is read anew before each change; two tabs may send the same command, whose id makes it happen once.
 */

/** `storage()`: where it is kept; asked each time, since a browser may refuse to give it. */
export function outbox(key, storage = () => localStorage) {
  let here = null; // the list itself, once the storage is switched off or full: it lives as long as the page
  const load = () => {
    try {
      return here ?? JSON.parse(storage().getItem(key)) ?? [];
    } catch {
      return (here = []);
    }
  };
  const save = (list) => {
    try {
      if (!here && list.length) storage().setItem(key, JSON.stringify(list));
      else if (!here) storage().removeItem(key);
      else here = list;
    } catch {
      here = list;
    }
  };
  const others = (id) => load().filter((one) => one.id !== id);
  return {
    /** `[{id, command, refused?}]`, oldest first; `refused`: the reply that came. */
    load,
    put: (entry) => save([...others(entry.id), entry]),
    drop: (id) => save(others(id)),
  };
}
