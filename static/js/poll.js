/**
 * The live stream without a WebSocket, for lines that let none through: long requests instead.
 *
 * Looks like a WebSocket to static/js/stream.js, `send`, `close` and the three callbacks, and speaks the same
 * messages: the hello is answered from a snapshot, records come from `GET .../records?wait=`, commands go by
 * `POST .../commands`. Each request counts as being present, so a seat is kept.
 */

import { BETTER } from "./reconnect.js";

const RETRY = 60_000; // milliseconds after which a WebSocket is tried again
const WAIT = 25; // seconds a request stays open for the next record
const MANY = 1000;

export class Poll {
  onopen = () => {};
  onmessage = () => {};
  onclose = () => {};
  slow = true;
  #server;
  #closed = false;
  #posting = Promise.resolve();

  /** `server`: `{snapshot(query), records(query), commands(list)}`, promises rejecting with `{status}`. */
  constructor(server) {
    this.#server = server;
    queueMicrotask(() => this.onopen());
  }

  get closed() {
    return this.#closed;
  }

  send(frame) {
    const { do: name, ...fields } = JSON.parse(frame);
    if (name === "hello") this.#listen(fields);
    else this.#posting = this.#posting.then(() => this.#post({ do: name, ...fields }));
  }

  close(code = 1006) {
    if (this.#closed) return;
    this.#closed = true;
    this.onclose({ code });
  }

  async #listen({ epoch, seq }) {
    try {
      const now = await this.#greet(epoch, seq);
      let { since } = now;
      while (!this.#closed) {
        const page = await this.#server.records({ since, wait: WAIT, limit: MANY });
        if (page.epoch !== now.epoch) return this.close();
        since = page.next ?? page.records.at(-1)?.seq ?? since;
        if (page.records.length) this.#tell(page.records);
      }
    } catch (failure) {
      this.#failed(failure);
    }
  }

  /** Answer the hello; after a restore everything is told anew. Returns where to go on from. */
  async #greet(epoch, seq) {
    const now = await this.#server.snapshot({});
    const same = now.epoch === epoch && seq <= now.seq;
    const hello = { type: "hello", epoch: now.epoch, seq: now.seq, now: now.now, you: now.you };
    if (same) this.#tell([{ ...hello, resume: seq === now.seq ? "current" : "replayed" }]);
    else this.#tell([{ ...hello, resume: "snapshot" }, { ...now, type: "snapshot" }]);
    return { epoch: now.epoch, since: same ? seq : now.seq };
  }

  async #post(command) {
    if (this.#closed) return;
    try {
      this.#tell(await this.#server.commands([command]));
    } catch (failure) {
      this.#failed(failure);
    }
  }

  #tell(messages) {
    if (!this.#closed) this.onmessage({ data: JSON.stringify(messages) });
  }

  /** Gone for this reader, or just not answering: then the stream comes back in its own time. */
  #failed(failure) {
    this.close(failure?.status === 404 ? 4501 : 1006);
  }
}

/** A stream by requests, until `open()`, where it is given, makes a WebSocket that speaks. */
export function standIn(server, open) {
  const poll = new Poll(server);
  if (open) look(poll, open);
  return poll;
}

function look(poll, open) {
  setTimeout(() => {
    if (poll.closed) return;
    const socket = open();
    socket.onopen = () => socket.send('{"do":"hello"}');
    socket.onmessage = () => (poll.close(BETTER), socket.close());
    socket.onclose = () => look(poll, open);
  }, RETRY);
}
