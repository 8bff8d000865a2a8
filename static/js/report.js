/**
 * Reporting a contribution: the question why, and the receipt. Loaded when somebody asks for it.
 *
 * Whoever has not joined has no stream to give commands by: theirs goes by a request.
 */

import { at, fill, mark, part } from "./parts.js";
import { commands, slug } from "./server.js";
import { word } from "./words.js";

const dialog = at("report");
let number = 0; // of the contribution that is asked about

/** `give(command)`: a promise of the reply; it is asked in the name of whoever joined. */
export function reports({ store, give }) {
  dialog.addEventListener("submit", async (event) => {
    if (event.submitter.value !== "report") return;
    event.preventDefault();
    const { reason, note } = Object.fromEntries(new FormData(event.target));
    const command = { do: "report", contribution: number, reason, ...(note.trim() && { note: note.trim() }) };
    const reply = await (store.state.you ? give(command) : byRequest(command));
    if (!reply.ok) return fill(dialog, { wrong: reply.message ?? word("offline") });
    fill(dialog, { asked: false, receipt: true });
    fill(dialog, { where: Boolean(reply.report) }); // of one reported before there is none
    mark(part(dialog, "where"), { href: `/debates/${slug}/reports/${reply.report}` });
    dialog.querySelector("[data-part=receipt] button").focus();
  });
  return {
    /** Ask why, and report it. */
    report(contribution) {
      number = contribution;
      dialog.querySelector("form").reset();
      fill(dialog, { asked: true, receipt: false, wrong: null });
      dialog.showModal();
    },
  };
}

async function byRequest(command) {
  const [reply] = await commands([{ id: crypto.randomUUID?.() ?? String(Math.random()), ...command }]).catch(() => [{}]);
  return reply;
}
