/**
 * Joining from the debate page: the dialog, the code where the door needs one, the return link.
 *
 * Without this script the same links lead to the join page, which does it by a plain form.
 */

import { act, part, put, show } from "./parts.js";
import { word } from "./words.js";

export class Joining {
  #api;
  #slug;
  #store;
  #joined;
  #dialog = document.getElementById("join");
  #done = document.getElementById("joined");

  /** `joined()`: told once the reader has joined and read their link. */
  constructor({ links, api, slug, store, joined }) {
    this.#api = api;
    this.#slug = slug;
    this.#store = store;
    this.#joined = joined;
    for (const link of links) link.addEventListener("click", (event) => this.#open(event));
    this.#dialog.querySelector("form").addEventListener("submit", (event) => this.#submit(event));
    act(this.#dialog, "close").addEventListener("click", () => this.#dialog.close());
    act(this.#done, "copy").addEventListener("click", () => this.#copy());
    this.#done.addEventListener("close", () => this.#joined());
  }

  async #open(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await this.#store.ready;
    show(part(this.#dialog, "code-field"), this.#store.state.debate.door === "code");
    this.#wrong(null);
    this.#dialog.showModal();
  }

  async #submit(event) {
    event.preventDefault();
    const body = {};
    if (this.#store.state.debate.door === "code") body.code = this.#dialog.querySelector("#join-code").value.trim();
    const button = event.submitter;
    button?.setAttribute("aria-busy", "true");
    const answer = await fetch(`${this.#api}/join`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }).catch(() => null);
    button?.removeAttribute("aria-busy");
    const told = await answer?.json().catch(() => null);
    if (!answer?.ok) return this.#wrong(told?.detail ?? told?.message ?? word("join.unreachable"));
    this.#dialog.close();
    if (told?.token) this.#welcome(told);
    else this.#joined();
  }

  #welcome({ name, token }) {
    put(part(this.#done, "title"), word("joined", { name }));
    part(this.#done, "link").value = new URL(`/join/${this.#slug}#${token}`, location.href).href;
    this.#done.showModal();
  }

  async #copy() {
    const field = part(this.#done, "link");
    const label = part(act(this.#done, "copy"), "copy");
    try {
      await navigator.clipboard.writeText(field.value);
      put(label, word("copied"));
    } catch {
      field.select(); // no clipboard without https: what is selected can be copied by hand
      put(label, word("selected"));
    }
  }

  #wrong(sentence) {
    const line = part(this.#dialog, "wrong");
    show(line, sentence);
    put(line, sentence ?? "");
  }
}
