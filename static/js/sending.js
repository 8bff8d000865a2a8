/**
 * One's own posts on their way: shown at once, then replaced by the contribution, or kept with the refusal. What
 * waits for the connection, or was refused, may be changed and removed.
 *
 * Knows the outbox of the stream and the blank of templates/macros/contribution.html. Where an element stands
 * is the floor's business.
 */

import { clean } from "./graphemes.js";
import { initials, textNodes } from "./contribution.js";
import { blank, fill, part, take } from "./parts.js";
import { word } from "./words.js";

/**
 * `hang(element, replyTo)`: put it where it will stand. `refused(command, reply, asked)`: true where it took the text
 * back. Returns `{resume(), post(command), arrived(contribution)}`.
 */
export function sending({ stream, store, hang, refused }) {
  const posts = new Map(); // id -> {command, element, drop(), reply?, done?}

  const say = ({ element, reply }) => {
    const live = stream.connection.state === "live";
    const state = reply?.ok === false ? "refused" : live ? "sending" : "waiting";
    const waits = word(live ? "sending" : "sending.offline");
    element.dataset.state = state;
    fill(element, { state: state === "refused" ? reply.message : waits, acts: state !== "sending" });
  };

  const showPost = ({ id, command, promise }) => {
    const element = blank("sending");
    const name = store.state?.you?.name ?? "";
    const drop = () => {
      post.done = true;
      (element.closest("li.unsent") ?? element).remove();
    };
    const discard = () => {
      stream.forget(id);
      drop();
    };
    const post = { command, element, drop };
    posts.set(id, post);
    fill(element, { face: initials(name), name });
    part(element, "text").replaceChildren(...textNodes(clean(command.text), null));
    say(post);
    take(element, {
      discard,
      edit() {
        refused(command, post.reply ?? {}, true);
        discard();
      },
    });
    hang(element, command.reply_to);
    promise.then((reply) => {
      post.reply = reply;
      if (reply.code === "removed" || store.contribution(reply.contribution)) drop();
      else if (!reply.ok && refused(command, reply)) discard();
      else say(post);
    });
  };

  /** Show what an earlier visit left, or another tab. */
  const resume = () => {
    for (const asked of stream.pending()) if (!posts.has(asked.id)) showPost(asked);
  };

  stream.watch(() => {
    if (store.state) resume();
    posts.forEach(say);
  });
  return {
    resume,

    /** Post, and show it as being on its way. Resolves with the reply. */
    post(command) {
      const reply = stream.ask(command, { lasting: true });
      resume();
      return reply;
    },

    /**
     * A contribution of one's own has come: its place is no longer held open. The record may come before the
     * reply that names it, so the text tells which one it is.
     */
    arrived({ contribution, text, reply_to: to, inferred }) {
      const same = (command) => clean(command.text) === text && (inferred || command.reply_to === to);
      const sent = [...posts.values()].find(
        ({ command, reply, done }) => !done && (reply?.contribution === contribution || same(command)),
      );
      sent?.drop();
    },
  };
}
