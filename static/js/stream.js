/**
 * The live connection of a debate: records in, commands out, across every interruption.
 *
 * Knows the wire (docs/protocol.md) and no page. What it hears goes into the store; what it is asked to say
 * keeps its id until it is answered, so that a command asked again after a lost connection happens once.
 *
 *     const stream = new Stream({ store, connect: () => new WebSocket(url), snapshot: () => fetchJson(api) });
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

export class Stream {
  connection = { state: "connecting" };
  #store;
  #connect;
  #snapshot;
  #outbox;
  #timers;
  #random;
  #heard;
  #socket = null;
  #greeted = false;
  #retry = WINDOW;
  #tries = 0;
  #again = null;
  #frames = 0;
  #asked = new Map(); // id -> {id, command, lasting, sent, waited, refused, promise, settle, lapse}
  #watchers = new Set();

  /**
   * `connect(tries)`: a WebSocket, or what behaves like one. `snapshot()`: a promise of the debate's snapshot,
   * rejecting with `{status}`. `outbox`: as outbox.js makes it. `heard(hello)`: told of every hello, before
   * anything that follows it. `timers` and `random` are for tests.
   */
  constructor({ store, connect, snapshot, outbox, heard, timers = globalThis, random = Math.random }) {
    this.#store = store;
    this.#connect = connect;
    this.#snapshot = snapshot;
    this.#outbox = outbox;
    this.#heard = heard ?? (() => {});
    this.#timers = timers;
    this.#random = random;
    this.#recall();
  }

  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.connection);
    return () => this.#watchers.delete(watcher);
  }

  /** Get the snapshot, then the stream from its seq on. */
  async start() {
    this.#become({ state: "connecting" });
    try {
      this.#store.reset(await this.#snapshot());
    } catch (failure) {
      const gone = failure?.status === 404 || failure?.status === 401;
      this.#closed(gone ? 4501 : 1006);
      return;
    }
    this.#open();
  }

  /** Do not wait any longer: the browser says the line is back, or the reader asked. */
  hurry() {
    if (this.connection.state !== "waiting") return;
    this.#timers.clearTimeout(this.#again);
    this.#comeBack();
  }

  /** The browser says the line is gone: do not wait until the socket notices. */
  drop() {
    const socket = this.#socket;
    if (!socket) return;
    this.#closed(1006);
    socket.close();
  }

  /** Give a command; the promise holds its reply. */
  ask(command, { lasting = false } = {}) {
    const asked = this.#keep(freshId(), command, lasting);
    if (lasting) this.#outbox?.put({ id: asked.id, command });
    if (this.#greeted) this.#send(asked);
    return asked.promise;
  }

  /** Lasting commands that were not accepted yet, oldest first: `{id, command, promise}`. */
  pending() {
    return [...this.#asked.values()].filter((asked) => asked.lasting);
  }

  /** Give a lasting command up: it is not sent (again). */
  forget(id) {
    this.#outbox?.drop(id);
    this.#answer({ reply: id, ok: false, code: "removed" });
  }

  /** End the connection for good, as when the page is left. */
  end() {
    this.#timers.clearTimeout(this.#again);
    this.#become({ state: "ended", why: "left" });
    this.#socket?.close(1000);
  }

  #keep(id, command, lasting) {
    const asked = { id, command, lasting, sent: false };
    asked.promise = new Promise((settle) => (asked.settle = settle));
    if (!lasting) asked.lapse = this.#timers.setTimeout(() => this.#lapse(asked), LAPSE);
    this.#asked.set(id, asked);
    return asked;
  }

  /** What was sent may have happened: it is asked again. What never left is given up. */
  #lapse(asked) {
    if (!asked.sent) this.#answer({ reply: asked.id, ok: false, code: "offline" });
  }

  /** Take over what waits in the outbox, and let go of what another tab saw answered, or removed. */
  #recall() {
    if (!this.#outbox) return;
    const kept = this.#outbox.load();
    for (const { id, command, refused } of kept) {
      if (this.#asked.has(id)) continue;
      const asked = this.#keep(id, command, true);
      if (refused) asked.settle((asked.refused = refused));
    }
    for (const { id } of this.pending()) if (!kept.some((one) => one.id === id)) this.forget(id);
  }

  #open() {
    const socket = this.#connect(this.#tries);
    this.#socket = socket;
    socket.onopen = () => {
      const { epoch, seq } = this.#store.state;
      socket.send(JSON.stringify({ do: "hello", epoch, seq }));
    };
    socket.onmessage = ({ data }) => this.#socket === socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => this.#socket === socket && this.#closed(code);
  }

  #hear(messages) {
    this.#frames += 1;
    let records = [];
    const fold = () => {
      if (records.length) this.#store.apply(records);
      records = [];
    };
    for (const message of messages) {
      if ("seq" in message && !(message.type in this.#else)) {
        records.push(message);
        continue;
      }
      fold();
      this.#else[message.type]?.(message);
    }
    fold();
  }

  /** What is not a record. A later server may say more; what we do not know is passed over. */
  #else = {
    hello: (hello) => {
      this.#retry = hello.retry ?? WINDOW;
      this.#tries = 0;
      this.#greeted = true;
      this.#heard(hello);
      this.#recall();
      this.#become({ state: "live", slow: this.#socket.slow });
      if (hello.you?.person !== this.#store.state.you?.person) this.#refresh();
      for (const asked of this.#asked.values()) {
        asked.waited = true;
        if (!asked.refused) this.#send(asked);
      }
    },
    snapshot: (snapshot) => this.#store.reset(snapshot),
    reply: (reply) => this.#answer(reply),
    presence: (presence) => this.#store.hear(presence),
  };

  /** What we may see has changed otherwise than by records; as when we joined in another tab. */
  async #refresh() {
    try {
      this.#store.reset(await this.#snapshot());
    } catch {
      this.#socket?.close(); // the close brings us back, with a snapshot if need be
    }
  }

  #answer(reply) {
    const asked = this.#asked.get(reply.reply);
    if (!asked) return;
    this.#timers.clearTimeout(asked.lapse);
    if (asked.lasting && !reply.ok && reply.code !== "removed") {
      if (asked.waited && reply.retry_after) return this.#later(asked, reply.retry_after);
      asked.refused = reply;
      this.#outbox?.put({ id: asked.id, command: asked.command, refused: reply });
    } else {
      this.#asked.delete(asked.id);
      if (asked.lasting) this.#outbox?.drop(asked.id);
    }
    asked.settle(reply);
  }

  /** What was written offline comes all at once, faster than one may post: each waits for its turn. */
  #later(asked, seconds) {
    asked.lapse = this.#timers.setTimeout(() => this.#greeted && this.#send(asked), seconds * 1000);
  }

  /** A line on which nothing at all comes back is dead, whatever the browser believes. */
  #send(asked) {
    const heard = this.#frames;
    asked.sent = true;
    this.#timers.clearTimeout(asked.lapse);
    asked.lapse = this.#timers.setTimeout(() => heard === this.#frames && this.drop(), LAPSE);
    this.#socket.send(JSON.stringify({ ...asked.command, id: asked.id }));
  }

  #closed(code) {
    this.#socket = null;
    this.#greeted = false;
    if (this.connection.state === "ended") return;
    const next = comeBack(code, { retry: this.#retry, tries: this.#tries, random: this.#random() });
    if (!next.again) return this.#become({ state: "ended", why: next.why });
    this.#tries += 1;
    this.#become({ state: "waiting", wait: next.wait });
    this.#again = this.#timers.setTimeout(() => this.#comeBack(), next.wait);
  }

  #comeBack() {
    if (!this.#store.state) return this.start();
    this.#become({ state: "connecting" });
    this.#open();
  }

  #become(connection) {
    this.connection = connection;
    for (const watcher of this.#watchers) watcher(connection);
  }
}

/** 128 random bits. Not crypto.randomUUID: on plain http away from localhost browsers do not have it. */
function freshId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
