/**
 * The line that says the connection is lost, coming back, or ended for good.
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

  constructor({ line, stream }) {
    this.#line = line;
    act(line, "hurry")?.addEventListener("click", () => stream.hurry());
    stream.watch((connection) => this.#show(connection));
  }

  #show({ state, why }) {
    clearTimeout(this.#soon);
    if (state === "live" || why === "left") return show(this.#line, false);
    const tell = () => {
      put(part(this.#line, "said"), word(state === "ended" ? (ENDED[why] ?? "ended.gone") : "reconnecting"));
      const hurry = act(this.#line, "hurry");
      if (hurry) show(hurry, state === "waiting");
      show(this.#line, true);
    };
    if (this.#line.hidden && state !== "ended") this.#soon = setTimeout(tell, A_MOMENT);
    else tell();
  }
}
