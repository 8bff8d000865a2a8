/**
 * One's own posts on their way: shown at once, then replaced by the contribution, or kept with the refusal. What
 * waits for the connection, or was refused, may be changed and removed.
 *
 * Knows the outbox of the stream and the blank of templates/macros/contribution.html. Where an element stands
 * is the floor's business.
 */

import { clean } from "./graphemes.js";
import { initials, textNodes } from "./contribution.js";
import { blank, part, put, show, take, write } from "./parts.js";
import { word } from "./words.js";

/**
 * `floor`: `{hang(element, replyTo)}`. `refused(command, reply, asked)`: true where it took the text back. Returns
 * `{resume(), post(command), arrived(contribution)}`.
 */
export function sending({ stream, store, floor, refused }) {
  const posts = new Map(); // id -> {id, command, element, number?, reply?, done?}

  const showPost = ({ id, command, promise }) => {
    const element = blank("sending");
    const name = store.state.you?.name ?? "";
    const post = { id, command, element };
    posts.set(id, post);
    write(element, { face: initials(name), name });
    part(element, "text").replaceChildren(...textNodes(clean(command.text), null));
    say(post);
    take(element, {
      edit() {
        refused(command, post.reply ?? {}, true);
        forget(post);
      },
      discard: () => forget(post),
    });
    floor.hang(element, command.reply_to);
    promise.then((reply) => answered(post, reply));
  };
  const answered = (post, reply) => {
    post.reply = reply;
    post.number = reply.contribution;
    if (reply.code === "removed" || store.contribution(post.number)) return drop(post);
    if (!reply.ok && refused(post.command, reply)) forget(post);
    else say(post);
  };
  const say = ({ element, reply }) => {
    const live = stream.connection.state === "live";
    const state = reply?.ok === false ? "refused" : live ? "sending" : "waiting";
    element.dataset.state = state;
    put(part(element, "state"), state === "refused" ? reply.message : word(live ? "sending" : "sending.offline"));
    show(part(element, "acts"), state !== "sending");
  };
  const forget = (post) => {
    stream.forget(post.id);
    drop(post);
  };
  const drop = (post) => {
    post.done = true;
    (post.element.closest("li.unsent") ?? post.element).remove();
  };

  /** Show what an earlier visit left, or another tab. */
  const resume = () => {
    for (const asked of stream.pending()) if (!posts.has(asked.id)) showPost(asked);
  };
  /** Post, and show it as being on its way. Resolves with the reply. */
  const post = (command) => {
    const reply = stream.ask(command, { lasting: true });
    resume();
    return reply;
  };
  /**
   * A contribution of one's own has come: its place is no longer held open. The record may come before the
   * reply that names it, so the text tells which one it is.
   */
  const arrived = (contribution) => {
    const mine = ({ number, command, done }) =>
      !done && (number === contribution.contribution || same(command, contribution));
    const sent = [...posts.values()].find(mine);
    if (sent) drop(sent);
  };

  stream.watch(() => {
    if (store.state) resume();
    for (const one of posts.values()) say(one);
  });
  return { resume, post, arrived };
}

function same(command, contribution) {
  return clean(command.text) === contribution.text && command.reply_to === contribution.reply_to;
}
