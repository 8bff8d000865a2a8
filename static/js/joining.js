/**
 * Joining from the debate page: what the dialog sends, and the return link. Loaded when the dialog opens.
 *
 * Without this script the same links lead to the join page, which does it by a plain form.
 */

import { at, fill, mark, part, take } from "./parts.js";
import { api, slug } from "./server.js";
import { word } from "./words.js";

const dialog = at("join");
const done = at("joined");

take(done, { copy });
done.addEventListener("close", enter);

/** Whoever has joined has another page. */
function enter() {
  location.reload();
}

/** Join, with the code where the door needs one, and the name where it is free; `button` was pressed, and waits. */
export async function join(button) {
  const said = {};
  for (const field of ["code", "name"]) {
    const typed = at(`join-${field}`).value.trim();
    if (!part(dialog, `${field}-field`).hidden && (typed || field === "code")) said[field] = typed;
  }
  mark(button, { "aria-busy": true });
  const answer = await fetch(`${api}/join`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(said),
  }).catch(() => null);
  mark(button, { "aria-busy": null });
  const told = await answer?.json().catch(() => null);
  if (!answer?.ok) return fill(dialog, { wrong: told?.detail ?? told?.message ?? word("join.unreachable") });
  dialog.close();
  if (told?.token) welcome(told);
  else enter();
}

function welcome({ name, token }) {
  fill(done, { title: word("joined", { name }) });
  part(done, "link").value = new URL(`/join/${slug}#${token}`, location.href).href;
  done.showModal();
}

async function copy() {
  const field = part(done, "link");
  try {
    await navigator.clipboard.writeText(field.value);
    fill(done, { label: word("copied") });
  } catch {
    field.select(); // no clipboard without https: what is selected can be copied by hand
    fill(done, { label: word("selected") });
  }
}
