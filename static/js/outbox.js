/**
 * Commands that must not be lost with the page: kept in the tab's own storage until they are answered.
 *
 * One per person of a debate: somebody else in this browser does not post what another wrote.
 */

export function outbox(key, storage = globalThis.sessionStorage) {
  return {
    /** `[{id, command}]`, oldest first. */
    load() {
      try {
        return JSON.parse(storage.getItem(key)) ?? [];
      } catch {
        return []; // nothing there, or storage is switched off
      }
    },
    save(list) {
      try {
        if (list.length) storage.setItem(key, JSON.stringify(list));
        else storage.removeItem(key);
      } catch {
        // Storage is switched off or full: what waits lives as long as the page.
      }
    },
  };
}
