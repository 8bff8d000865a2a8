/**
 * Muting and blocking somebody, and taking it back. Loaded when somebody asks for it.
 *
 * The dialog says what each does, in the page's words, and what is known of the person.
 */

import { ask } from "../ask.js";
import { at, fill, part } from "../parts.js";
import { hourOf } from "../when.js";
import { word } from "../words.js";
import { historyOf, isModerated } from "./facts.js";
import { may } from "./phases.js";

export function persons({ store, clock, acts }) {
  const [dialog, reason] = ["person", "person-reason"].map(at);
  let seconds = 0; // of the button for muting that was pressed

  dialog.addEventListener("submit", (event) => {
    const { value, dataset } = event.submitter;
    seconds = Number(dataset.seconds ?? 0);
    const missing = value === "block" && !reason.value.trim();
    if (missing) {
      event.preventDefault();
      fill(dialog, { wrong: true });
      reason.focus();
    }
  });

  const known = (person) =>
    store.person(person) ?? store.state.contributions.find(({ author }) => author.person === person)?.author;

  const show = (person, name) => {
    const { muted_until: muted } = store.person(person) ?? {};
    const blocked = store.state.blocked.some((one) => one.person === person);
    const isMuted = Date.parse(muted) > clock.now();
    const { phase } = store.state.debate;
    const told = [
      word("chair.person.history", historyOf(store.state, person)),
      isMuted && word("chair.person.muted_until", { time: hourOf(muted) }),
    ];
    fill(dialog, {
      title: name,
      said: told.filter(Boolean).join(" "),
      mutes: !blocked && may("mute", phase),
      unmute: isMuted,
      blocks: !blocked && may("block", phase),
      unblocks: blocked && may("block", phase),
      wrong: false,
    });
  };

  return {
    /** Ask what is to be done with `person`, and do it. */
    async ask(person) {
      const found = known(person) ?? store.state.blocked.find((one) => one.person === person);
      if (!found || (found.role && !isModerated(found))) return;
      const name = found.name ?? word("somebody");
      reason.value = "";
      show(person, name);
      const does = await ask(dialog);
      if (!does) return;
      const why = reason.value.trim();
      const time = hourOf(new Date(clock.now() + seconds * 1000).toISOString());
      const more = {
        mute: { seconds, ...(why && { reason: why }) },
        block: { reason: why },
      };
      await acts.give({ do: does, person, ...more[does] }, word(`chair.person.done.${does}`, { name, time }));
    },
  };
}
