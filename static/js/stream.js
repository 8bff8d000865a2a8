/**
 * The live connection of a debate: records in, commands out, across every interruption.
 *
 * Knows the wire (docs/protocol.md) and no page. What it hears goes into the store; what it is asked to say
 * keeps its id until it is answered, so that a command asked again after a lost connection happens once.
 *
 *     const stream = connected({ store, connect: () => new WebSocket(url), snapshot: () => fetchJson(api) });
 *     stream.watch((connection) => ...);   // {state: "connecting"|"live"|"waiting"|"ended", wait?, why?, slow?}
 *     stream.start();
 *     const reply = await stream.ask({ do: "post", text }, { lasting: true });   // {ok, code?, message?, ...}
 *
 * A command never rejects: a refusal is a reply too. One that could not be sent for `LAPSE` milliseconds is
 * answered `{ok: false, code: "offline"}`, unless it is `lasting`: those wait as long as it takes, stay until they
 * are accepted or forgotten, and outlive the page where an `outbox` is given.
 */

import { comeBack, WINDOW } from "./reconnect.js";

export const LAPSE = 15_000;

/**
 * `connect(tries)`: a WebSocket, or what behaves like one. `snapshot()`: a promise of the debate's snapshot,
 * rejecting with `{status}`. `outbox`: as outbox.js makes it. `heard(hello)`: told of every hello, before
 * anything that follows it. `timers` and `random` are for tests.
 */
export function connected({ store, connect, snapshot, outbox, heard, timers = globalThis, random = Math.random }) {
  const asked = new Map(); // id -> {id, command, lasting, sent, waited, refused, promise, settle, lapse}
  const watchers = new Set();
  let socket = null;
  let greeted = false;
  let retry = WINDOW;
  let tries = 0;
  let again = null; // comes back
  let frames = 0; // heard so far

  const become = (connection) => {
    stream.connection = connection;
    for (const watcher of watchers) watcher(connection);
  };

  const keep = (id, command, lasting) => {
    const one = { id, command, lasting };
    one.promise = new Promise((settle) => (one.settle = settle));
    if (!lasting) one.lapse = timers.setTimeout(() => lapse(one), LAPSE);
    asked.set(id, one);
    return one;
  };

  /** What was sent may have happened: it is asked again. What never left is given up. */
  const lapse = ({ id, sent }) => {
    if (!sent) answer({ reply: id, ok: false, code: "offline" });
  };

  /** A line on which nothing at all comes back is dead, whatever the browser believes. */
  const send = (one) => {
    const before = frames;
    one.sent = true;
    timers.clearTimeout(one.lapse);
    one.lapse = timers.setTimeout(() => before === frames && stream.drop(), LAPSE);
    socket.send(JSON.stringify({ ...one.command, id: one.id }));
  };

  const answer = (reply) => {
    const one = asked.get(reply.reply);
    if (!one) return;
    const { id, command, lasting, waited } = one;
    timers.clearTimeout(one.lapse);
    if (lasting && !reply.ok && reply.code !== "removed") {
      if (waited && reply.retry_after) {
        // What was written offline comes all at once, faster than one may post: each waits for its turn.
        one.lapse = timers.setTimeout(() => greeted && send(one), reply.retry_after * 1000);
        return;
      }
      one.refused = reply;
      outbox?.put({ id, command, refused: reply });
    } else {
      asked.delete(id);
      if (lasting) outbox?.drop(id);
    }
    one.settle(reply);
  };

  /** Take over what waits in the outbox, and let go of what another tab saw answered, or removed. */
  const recall = () => {
    if (!outbox) return;
    const kept = outbox.load();
    for (const { id, command, refused } of kept) {
      if (asked.has(id)) continue;
      const one = keep(id, command, true);
      if (refused) one.settle((one.refused = refused));
    }
    for (const { id } of stream.pending()) if (!kept.some((one) => one.id === id)) stream.forget(id);
  };

  /** Get the snapshot anew: what we may see has changed otherwise than by records, as when we joined in another tab. */
  const refresh = async () => {
    try {
      store.reset(await snapshot());
    } catch {
      socket?.close(); // the close brings us back, with a snapshot if need be
    }
  };

  /** What is not a record. A later server may say more; what we do not know is passed over. */
  const told = {
    hello(hello) {
      retry = hello.retry ?? WINDOW;
      tries = 0;
      greeted = true;
      heard?.(hello);
      recall();
      become({ state: "live", slow: socket.slow });
      if (hello.you?.person !== store.state.you?.person) refresh();
      for (const one of asked.values()) {
        one.waited = true;
        if (!one.refused) send(one);
      }
    },
    snapshot: (whole) => store.reset(whole),
    reply: answer,
    presence: (presence) => store.hear(presence),
  };

  const hear = (messages) => {
    frames += 1;
    let records = [];
    const fold = () => {
      if (records.length) store.apply(records);
      records = [];
    };
    for (const message of messages) {
      if ("seq" in message && !(message.type in told)) {
        records.push(message);
        continue;
      }
      fold();
      told[message.type]?.(message);
    }
    fold();
  };

  const open = () => {
    const line = connect(tries);
    socket = line;
    line.onopen = () => {
      const { epoch, seq } = store.state;
      line.send(JSON.stringify({ do: "hello", epoch, seq }));
    };
    line.onmessage = ({ data }) => socket === line && hear(JSON.parse(data));
    line.onclose = ({ code }) => socket === line && closed(code);
  };

  const closed = (code) => {
    socket = null;
    greeted = false;
    const next = comeBack(code, { retry, tries, random: random() });
    if (!next.again) return become({ state: "ended", why: next.why });
    tries += 1;
    become({ state: "waiting", wait: next.wait });
    again = timers.setTimeout(resume, next.wait);
  };

  const resume = () => {
    if (!store.state) return stream.start();
    become({ state: "connecting" });
    open();
  };

  const stream = {
    connection: { state: "connecting" },

    watch(watcher) {
      watchers.add(watcher);
      watcher(stream.connection);
    },

    /** Get the snapshot, then the stream from its seq on. */
    async start() {
      become({ state: "connecting" });
      try {
        store.reset(await snapshot());
      } catch (failure) {
        const gone = failure?.status === 404 || failure?.status === 401;
        return closed(gone ? 4501 : 1006);
      }
      open();
    },

    /** Do not wait any longer: the browser says the line is back, or the reader asked. */
    hurry() {
      if (stream.connection.state !== "waiting") return;
      timers.clearTimeout(again);
      resume();
    },

    /** The browser says the line is gone: do not wait until the socket notices. */
    drop() {
      const line = socket;
      if (!line) return;
      closed(1006);
      line.close();
    },

    /** Give a command; the promise holds its reply. */
    ask(command, { lasting = false } = {}) {
      const one = keep(freshId(), command, lasting);
      if (lasting) outbox?.put({ id: one.id, command });
      if (greeted) send(one);
      return one.promise;
    },

    /** Lasting commands that were not accepted yet, oldest first: `{id, command, promise}`. */
    pending: () => [...asked.values()].filter(({ lasting }) => lasting),

    /** Give a lasting command up: it is not sent (again). */
    forget(id) {
      outbox?.drop(id);
      answer({ reply: id, ok: false, code: "removed" });
    },
  };

  recall();
  return stream;
}

/** 128 random bits. Not crypto.randomUUID: on plain http away from localhost browsers do not have it. */
function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
