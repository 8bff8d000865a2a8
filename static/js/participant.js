/**
 * The debate page of whoever takes part: beside what everybody reads (debate.js), the composer, one's own posts on their
 * way, the own place in the circle, and what is done to a contribution.
 */

import { ask } from "./ask.js";
import { caller } from "./call.js";
import { circle } from "./circle.js";
import { composer } from "./composer.js";
import { clock, give, mine, numbered, reading, shown, store, stream } from "./debate.js";
import { untilHeard } from "./muted.js";
import { at, mark, take } from "./parts.js";
import { sending } from "./sending.js";

const writing = composer({
  form: at("composer"),
  store,
  post(command) {
    reading.toEnd();
    return posts.post(command);
  },
  draftKey: `fishbowl.draft.${mine}`,
});
const posts = sending({ stream, store, hang: shown.hang, refused: writing.takeBack });
shown.own = posts.arrived;
circle({ store, clock, give, tell: caller(at("sound")) });
untilHeard({ store, clock });
writing.restore();
store.ready.then(posts.resume);

take(at("threads"), {
  async reply(button) {
    await store.ready;
    writing.reply(numbered(button));
  },
  again(button) {
    const { text, inferred, reply_to, tags } = store.contribution(numbered(button));
    const questions = tags.filter(({ source }) => source === "author").map(({ question }) => question);
    writing.takeBack({ text, reply_to: inferred ? undefined : reply_to, questions }, { message: null }, true);
  },
  async endorse(button) {
    const on = button.getAttribute("aria-pressed") !== "true";
    mark(button, { "aria-pressed": on });
    const { ok } = await give({ do: "endorse", contribution: numbered(button), on }, button);
    if (!ok) mark(button, { "aria-pressed": !on });
  },
  async withdraw(button) {
    if (await ask(at("sure-withdraw"))) give({ do: "withdraw", contribution: numbered(button) }, button);
  },
});
