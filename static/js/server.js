/**
 * The debate's addresses, as the page names them on its <body>, and how scripts ask there.
 */

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

async function get(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status}`), { status: answer.status });
  return answer.json();
}

/** A WebSocket to the debate's live stream. */
export function connect() {
  const address = new URL(live, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(address);
}
