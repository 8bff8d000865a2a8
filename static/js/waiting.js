/**
 * At the door: looks every few seconds whether we have been let in, and opens the page anew then.
 *
 * Asks as anybody joins, which for somebody who did is a question: who am I here? Without this script a reload of the
 * page does the same.
 */

const door = document.getElementById("at-the-door");
const nobody = document.getElementById("nobody-there");
const LOOK_EVERY = 4_000; // milliseconds, and as much again at random, so that a whole class does not ask at once

if (document.body.dataset.live) import("./admitted.js"); // a debate that anybody reads, with a store in step

async function look() {
  const answer = await fetch(door.dataset.join, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  const decided = answer?.ok ? told && !told.waiting : answer?.status === 403 || answer?.status === 404;
  if (decided) return location.reload();
  if (answer?.ok && told) nobody.hidden = told.moderated;
  soon();
}

function soon() {
  setTimeout(look, LOOK_EVERY * (1 + Math.random()));
}

soon();
