/**
 * Joining from the debate page: the dialog, the code where the door needs one, the return link.
 *
 * Without this script the same links lead to the join page, which does it by a plain form.
 */

import { act, at, part, put, show, take } from "./parts.js";
import { api, slug } from "./server.js";
import { word } from "./words.js";

const dialog = at("join");
const done = at("joined");
let coded = false; // whether the door needs a code

/** Take `links` to the join page over. */
export function joining({ links, store }) {
  for (const link of links) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      await store.ready;
      coded = store.state.debate.door === "code";
      show(part(dialog, "code-field"), coded);
      wrong(null);
      dialog.showModal();
    });
  }
  dialog.querySelector("form").addEventListener("submit", submit);
  take(dialog, { close: () => dialog.close() });
  take(done, { copy });
  done.addEventListener("close", enter);
}

/** Whoever has joined has another page. */
function enter() {
  location.reload();
}

async function submit(event) {
  event.preventDefault();
  const body = coded ? { code: at("join-code").value.trim() } : {};
  const button = event.submitter;
  button?.setAttribute("aria-busy", "true");
  const answer = await fetch(`${api}/join`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  button?.removeAttribute("aria-busy");
  const told = await answer?.json().catch(() => null);
  if (!answer?.ok) return wrong(told?.detail ?? told?.message ?? word("join.unreachable"));
  dialog.close();
  if (told?.token) welcome(told);
  else enter();
}

function welcome({ name, token }) {
  put(part(done, "title"), word("joined", { name }));
  part(done, "link").value = new URL(`/join/${slug}#${token}`, location.href).href;
  done.showModal();
}

async function copy() {
  const field = part(done, "link");
  const label = part(act(done, "copy"), "copy");
  try {
    await navigator.clipboard.writeText(field.value);
    put(label, word("copied"));
  } catch {
    field.select(); // no clipboard without https: what is selected can be copied by hand
    put(label, word("selected"));
  }
}

function wrong(sentence) {
  const line = part(dialog, "wrong");
  show(line, sentence);
  put(line, sentence ?? "");
}
