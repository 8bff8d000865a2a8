/**
 * The administrator's way in: the secret behind the # (or pasted) is exchanged for a cookie.
 *
 * The secret is taken out of the address before anything is asked, so that it stays in no history.
 */

import { word } from "./words.js";

const state = document.getElementById("state");
const form = document.getElementById("enter");

async function enter(secret) {
  state.textContent = word("way_in.opening");
  const answer = await fetch("/api/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ secret }),
  }).catch(() => null);
  if (answer?.ok) return location.replace("/");
  state.textContent = word(answer && answer.status < 500 ? "way_in.unknown" : "way_in.unreachable");
  form.hidden = false;
  form.elements.secret.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const pasted = form.elements.secret.value.trim();
  enter(pasted.slice(pasted.indexOf("#") + 1));
});

function take() {
  const secret = location.hash.slice(1);
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  enter(secret);
}

form.hidden = Boolean(location.hash.slice(1));
addEventListener("hashchange", take); // the link may be pasted where this page is open already
take();
