/**
 * A debate as a page follows it: what it knows, what time it is there, and the line that keeps both in step.
 */

import { Clock } from "./clock.js";
import { connect, snapshot } from "./server.js";
import { Store } from "./store.js";
import { connected } from "./stream.js";

/** `{store, clock, stream}`; the page starts the stream once it listens. `more`: what else the stream is given. */
export function live(more) {
  const store = new Store();
  const clock = new Clock();
  const stream = connected({
    store,
    connect,
    async snapshot() {
      const whole = await snapshot();
      clock.set(whole.now);
      return whole;
    },
    heard: ({ now }) => clock.set(now),
    ...more,
  });
  addEventListener("online", stream.hurry);
  return { store, clock, stream };
}
