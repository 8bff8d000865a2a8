/**
 * The line that says the connection is lost, coming back, or ended for good; or that requests stand in for it,
 * where the page has a button to put that away.
 *
 * A connection that is back within a moment was never worth a line.
 */

import { act, part, put, show } from "./parts.js";
import { word } from "./words.js";

const A_MOMENT = 1500; // milliseconds

const ENDED = { revoked: "ended.revoked", gone: "ended.gone", misunderstood: "ended.misunderstood" };

export class ConnectionLine {
  #line;
  #soon = null;
  #away;

  constructor({ line, stream }) {
    this.#line = line;
    act(line, "hurry")?.addEventListener("click", () => stream.hurry());
    this.#away = act(line, "put_away");
    this.#away?.addEventListener("click", () => {
      show(this.#away, false);
      show(line, false);
      this.#away = null;
    });
    stream.watch((connection) => this.#show(connection));
  }

  #show({ state, why, slow }) {
    clearTimeout(this.#soon);
    const quiet = state === "live" && slow && this.#away;
    if (this.#away) show(this.#away, quiet);
    if ((state === "live" && !quiet) || why === "left") return show(this.#line, false);
    const tell = () => {
      const lost = state === "ended" ? (ENDED[why] ?? "ended.gone") : "reconnecting";
      put(part(this.#line, "said"), word(quiet ? "by_requests" : lost));
      const hurry = act(this.#line, "hurry");
      if (hurry) show(hurry, state === "waiting");
      show(this.#line, true);
    };
    if (this.#line.hidden && state !== "ended") this.#soon = setTimeout(tell, A_MOMENT);
    else tell();
  }
}
