/**
 * The whole debate in short, in the chair's words. It stands in the transcript.
 */

import { ask } from "../ask.js";
import { at, fill } from "../parts.js";
import { word } from "../words.js";
import { sentence } from "./acts.js";

export function summing({ store, stream, acts }) {
  const dialog = at("summing");
  const field = at("debate-summary");
  const stands = () => store.state.debate.summary ?? "";

  return {
    /** Ask for the words; those that are refused stay where they were written. */
    async open() {
      field.value = stands();
      fill(dialog, { wrong: null });
      while (await ask(dialog)) {
        const text = field.value.trim();
        if (!text || text === stands()) return;
        const reply = await stream.ask({ do: "summarise", text });
        if (reply.ok) return acts.say(word("chair.summed_up"));
        fill(dialog, { wrong: sentence(reply) });
      }
    },
  };
}
