/**
 * The debate's addresses, as the page names them on its <body>, and how scripts ask there. A page that names no live
 * stream is for onlookers alone: it asks without cookies.
 */

import { BETTER } from "./reconnect.js";

const { api, live, slug } = document.body.dataset;

/** `/api/v1/debates/{slug}` and the debate's short name. */
export { api, slug };

/** The snapshot; `query` as in `{before: 12}`. Rejects with `{status}` where there is none. */
export async function snapshot(query = {}) {
  return get(`${api}?${new URLSearchParams(query)}`);
}

/** Records after `since`, oldest first: `{epoch, records, next}`. */
export async function records(query) {
  return get(`${api}/records?${new URLSearchParams(query)}`);
}

/** Give commands without a stream: their replies, in order. */
export async function commands(list) {
  return get(`${api}/commands`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(list),
  });
}

async function get(address, options = { headers: { Accept: "application/json" }, cache: "no-store" }) {
  const answer = await fetch(address, { credentials: live ? "same-origin" : "omit", ...options });
  if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  return answer.json();
}

const PATIENCE = 2; // attempts after which a line that never let a WebSocket speak is not asked for one
const SILENCE = 8_000; // milliseconds without a word in which a new WebSocket is given up: some swallow it all
const RETRY = 60_000; // milliseconds after which a line is tried again while requests stand in for it
let spoken = false;
let Poll = null; // loaded where it is needed

if (!live) Poll = (await import("./poll.js")).Poll;

/** The debate's live stream; `tries` as static/js/stream.js counts them. */
export function connect(tries) {
  if (!Poll || (live && (spoken || tries < PATIENCE))) return open();
  const poll = new Poll({ snapshot, records, commands });
  if (live) lookForALine(poll);
  return poll;
}

/** A WebSocket, given up where it does not speak. */
function open() {
  const address = new URL(live, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const silent = setTimeout(() => socket.close(), SILENCE);
  socket.addEventListener("message", () => (clearTimeout(silent), (spoken = true)), { once: true });
  socket.addEventListener("close", async () => {
    clearTimeout(silent);
    if (!spoken) ({ Poll } = await import("./poll.js"));
  });
  return socket;
}

/** Once a line lets a WebSocket speak, the stream takes it. */
function lookForALine(poll) {
  setTimeout(() => {
    if (poll.closed) return;
    const socket = open();
    socket.addEventListener("open", () => socket.send('{"do":"hello"}'));
    socket.addEventListener("message", () => (socket.close(), poll.close(BETTER)), { once: true });
    socket.addEventListener("close", () => spoken || lookForALine(poll));
  }, RETRY);
}
