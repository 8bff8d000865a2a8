/**
 * The way in by a personal link: the secret behind the # is exchanged for a cookie, then on to the debate.
 *
 * The secret is taken out of the address before anything is asked, so that it stays in no history. Where this
 * browser is already somebody in the debate, it asks which of the two it should be.
 */

import { ask } from "./ask.js";
import { word } from "./words.js";

const page = document.getElementById("join");
const state = document.getElementById("state");

async function exchange(body) {
  const answer = await fetch("/api/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  return { status: answer?.status ?? 0, said: await answer?.json().catch(() => ({})) };
}

async function enter(secret) {
  say("way_in.opening");
  const { status, said } = await exchange({ secret });
  if (status === 409) return choose(secret, said);
  arrive(status, said);
}

async function choose(secret, { enter_as: fresh, instead_of: old }) {
  const names = { new: fresh, old };
  document.getElementById("instead-title").textContent = word("way_in.instead", names);
  document.getElementById("instead-yes").textContent = word("way_in.enter_as", names);
  document.getElementById("instead-no").textContent = word("way_in.stay_as", names);
  if (!(await ask(document.getElementById("instead")))) return location.replace(page.dataset.debate);
  const { status, said } = await exchange({ secret, instead: true });
  arrive(status, said);
}

function arrive(status, said) {
  if (status >= 200 && status < 300) location.replace(said?.go ?? page.dataset.debate);
  else say(status >= 400 && status < 500 ? "way_in.unknown" : "way_in.unreachable", true);
}

function say(key, failed = false) {
  state.hidden = false;
  state.textContent = word(key);
  state.toggleAttribute("data-wrong", failed);
  document.getElementById("door").hidden = !failed;
}

function take() {
  const secret = location.hash.slice(1);
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  enter(secret);
}

addEventListener("hashchange", take); // the link may be pasted where this page is open already
take();
