/**
 * One's own posts on their way: shown at once, then replaced by the contribution, or kept with the refusal. What
 * waits for the connection, or was refused, may be changed and removed.
 *
 * Knows the outbox of the stream and the blank of templates/macros/contribution.html. Where an element stands
 * is the floor's business.
 */

import { clean } from "./graphemes.js";
import { initials, textNodes } from "./contribution.js";
import { act, blank, part, put, show } from "./parts.js";
import { word } from "./words.js";

export class Sending {
  #stream;
  #store;
  #floor;
  #refused;
  #posts = new Map(); // id -> {id, command, element, number?, reply?, done?}

  /** `floor`: `{hang(element, replyTo)}`. `refused(command, reply, asked)`: true where it took the text back. */
  constructor({ stream, store, floor, refused }) {
    this.#stream = stream;
    this.#store = store;
    this.#floor = floor;
    this.#refused = refused;
    stream.watch(() => this.#tell());
  }

  /** Show what an earlier visit left, or another tab. */
  resume() {
    for (const asked of this.#stream.pending()) if (!this.#posts.has(asked.id)) this.#show(asked);
  }

  /** Post, and show it as being on its way. Resolves with the reply. */
  post(command) {
    const promise = this.#stream.ask(command, { lasting: true });
    this.resume();
    return promise;
  }

  /**
   * A contribution of one's own has come: its place is no longer held open. The record may come before the
   * reply that names it, so the text tells which one it is.
   */
  arrived(contribution) {
    for (const post of this.#posts.values()) {
      if (post.done) continue;
      if (post.number === contribution.contribution || same(post.command, contribution)) return this.#drop(post);
    }
  }

  #show(asked) {
    const { id, command, promise } = asked;
    const element = blank("sending");
    const { you } = this.#store.state;
    put(part(element, "face"), initials(you?.name));
    put(part(element, "name"), you?.name ?? "");
    part(element, "text").replaceChildren(...textNodes(clean(command.text), null));
    const post = { id, command, element };
    this.#posts.set(id, post);
    this.#say(post);
    act(element, "edit").addEventListener("click", () => {
      this.#refused(command, post.reply ?? {}, true);
      this.#forget(post);
    });
    act(element, "discard").addEventListener("click", () => this.#forget(post));
    this.#floor.hang(element, command.reply_to);
    promise.then((reply) => this.#answered(post, reply));
  }

  #answered(post, reply) {
    post.reply = reply;
    post.number = reply.contribution;
    if (reply.code === "removed" || this.#store.contribution(post.number)) return this.#drop(post);
    if (!reply.ok && this.#refused(post.command, reply)) this.#forget(post);
    else this.#say(post);
  }

  #tell() {
    if (this.#store.state) this.resume();
    for (const post of this.#posts.values()) this.#say(post);
  }

  #say({ element, reply }) {
    const live = this.#stream.connection.state === "live";
    const state = reply?.ok === false ? "refused" : live ? "sending" : "waiting";
    element.dataset.state = state;
    put(part(element, "state"), state === "refused" ? reply.message : word(live ? "sending" : "sending.offline"));
    show(part(element, "acts"), state !== "sending");
  }

  #forget(post) {
    this.#stream.forget(post.id);
    this.#drop(post);
  }

  #drop(post) {
    post.done = true;
    (post.element.closest("li.unsent") ?? post.element).remove();
  }
}

function same(command, contribution) {
  return clean(command.text) === contribution.text && command.reply_to === contribution.reply_to;
}
