/**
 * The debate's addresses, as the page names them on its <body>, and how scripts ask there. A page that names no live
 * stream is for onlookers alone: it asks without cookies.
 */

const { api, live, slug } = document.body.dataset;

/** `/api/v1/debates/{slug}` and the debate's short name. */
export { api, slug };

/** The snapshot; `query` as in `{before: 12}`. Rejects with `{status}` where there is none. */
export function snapshot(query = {}) {
  return get(`${api}?${new URLSearchParams(query)}`);
}

/** Records after `since`, oldest first: `{epoch, records, next}`. */
export function records(query) {
  return get(`${api}/records?${new URLSearchParams(query)}`);
}

/** Give commands without a stream: their replies, in order. */
export function commands(list) {
  return get(`${api}/commands`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(list),
  });
}

/** What an address answers. Rejects with `{status}` where it does not. */
export async function get(address, options = { headers: { Accept: "application/json" }, cache: "no-store" }) {
  const answer = await fetch(address, { credentials: live ? "same-origin" : "omit", ...options });
  if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  return answer.json();
}

const PATIENCE = 2; // attempts after which a line that never let a WebSocket speak is not asked for one
const SILENCE = 8_000; // milliseconds without a word in which a new WebSocket is given up: some swallow it all
let spoken = false;
let standIn = null; // static/js/poll.js, loaded where it is needed

if (!live) await standBy();

/** The debate's live stream; `tries` as static/js/stream.js counts them. */
export function connect(tries) {
  const asks = standIn && (!live || (!spoken && tries >= PATIENCE));
  return asks ? standIn({ snapshot, records, commands }, live && open) : open();
}

/** Have poll.js ready. Without a line it cannot be had, and is asked for again with the next attempt. */
async function standBy() {
  ({ standIn } = await import("./poll.js").catch(() => ({ standIn })));
}

/** A WebSocket, given up where it does not speak. */
function open() {
  const address = new URL(live, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  const silent = setTimeout(() => socket.close(), SILENCE);
  socket.addEventListener("message", () => (clearTimeout(silent), (spoken = true)), { once: true });
  socket.addEventListener("close", () => {
    clearTimeout(silent);
    if (!spoken) standBy();
  });
  return socket;
}
