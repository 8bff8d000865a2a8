/**
 * One's own posts on their way: shown at once, then replaced by the contribution, or kept with the refusal.
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
  #posts = new Map(); // id -> {id, command, element, number?}

  /** `floor`: `{hang(element, replyTo)}`. `refused(command, reply, asked)`: true where it took the text back. */
  constructor({ stream, store, floor, refused }) {
    this.#stream = stream;
    this.#store = store;
    this.#floor = floor;
    this.#refused = refused;
    stream.watch(() => this.#tell());
  }

  /** Show what an earlier visit left unanswered. */
  resume() {
    for (const asked of this.#stream.unanswered()) if (asked.command.do === "post") this.#show(asked);
  }

  /** Post, and show it as being on its way. Resolves with the reply. */
  post(command) {
    const promise = this.#stream.ask(command, { lasting: true });
    const asked = this.#stream.unanswered().find((one) => one.promise === promise);
    if (asked) this.#show(asked);
    return promise;
  }

  /**
   * A contribution of one's own has come: its place is no longer held open. The record may come before the
   * reply that names it, so the text tells which one it is.
   */
  arrived(contribution) {
    for (const post of this.#posts.values()) {
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
    this.#floor.hang(element, command.reply_to);
    promise.then((reply) => this.#answered(post, reply));
  }

  #answered(post, reply) {
    if (reply.ok) {
      post.number = reply.contribution;
      if (this.#store.contribution(reply.contribution)) this.#drop(post);
      return;
    }
    if (this.#refused(post.command, reply)) return this.#drop(post);
    post.element.dataset.state = "refused";
    put(part(post.element, "state"), reply.message ?? word("offline"));
    const acts = part(post.element, "acts");
    show(acts, true);
    act(acts, "edit").addEventListener("click", () => this.#refused(post.command, reply, true) && this.#drop(post));
    act(acts, "discard").addEventListener("click", () => this.#drop(post));
  }

  #tell() {
    for (const post of this.#posts.values()) this.#say(post);
  }

  #say(post) {
    if (post.element.dataset.state === "refused") return;
    const live = this.#stream.connection.state === "live";
    post.element.dataset.state = live ? "sending" : "waiting";
    put(part(post.element, "state"), word(live ? "sending" : "sending.offline"));
  }

  #drop(post) {
    this.#posts.delete(post.id);
    (post.element.closest("li.unsent") ?? post.element).remove();
  }
}

function same(command, contribution) {
  return clean(command.text) === contribution.text && command.reply_to === contribution.reply_to;
}
