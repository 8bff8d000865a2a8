/**
 * What the chair says to everybody, and who may come in.
 */

import { mark, put, show } from "../parts.js";
import { word } from "../words.js";
import { Acts } from "./acts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

const SAID = { open: "chair.door.open", code: "chair.door.code", shut: "chair.door.shut" };
const DONE = { open: "chair.door.opened", code: "chair.door.by_code", shut: "chair.door.closed" };

const element = (id) => document.getElementById(id);

export class Room {
  #store;
  #stream;
  #acts;
  #asksCode = false; // the code's field is open although the door is not by code yet

  constructor({ store, stream, acts }) {
    this.#store = store;
    this.#stream = stream;
    this.#acts = acts;
    element("announce").addEventListener("submit", (event) => this.#announce(event));
    element("door").addEventListener("click", (event) => this.#turn(event.target.closest("button")?.dataset.door));
    element("door-code").addEventListener("submit", (event) => this.#setCode(event));
  }

  /** Go to where an announcement is written. */
  announce() {
    element("announce-text").focus();
  }

  show({ debate, you, announcement }) {
    const chair = you?.role === "chair";
    giveWay(element("announce"), chair && may("announce", debate.phase), element("floor-title"));
    show(element("announced"), announcement?.text);
    if (announcement?.text) put(element("announced"), word("chair.announced", { text: announcement.text }));
    const turns = chair && may("door", debate.phase);
    for (const button of element("door").children) {
      mark(button, "aria-pressed", String(button.dataset.door === debate.door));
      button.disabled = !turns;
    }
    put(element("door-said"), word(SAID[debate.door] ?? "chair.door.open"));
    if (debate.door === "code") this.#asksCode = false;
    show(element("door-code"), turns && (debate.door === "code" || this.#asksCode));
    const code = element("join-code");
    if (document.activeElement !== code && debate.join_code) code.value = debate.join_code;
  }

  async #announce(event) {
    event.preventDefault();
    const field = element("announce-text");
    const text = field.value.trim();
    if (!text) return;
    const reply = await this.#stream.ask({ do: "announce", text });
    show(element("announce-wrong"), !reply.ok);
    if (!reply.ok) return put(element("announce-wrong"), Acts.sentence(reply));
    field.value = "";
    this.#acts.say(word("chair.announcement_made"));
  }

  #turn(door) {
    const { debate } = this.#store.state;
    if (!door || door === debate.door) return;
    if (door === "code" && !debate.join_code) {
      this.#asksCode = true;
      show(element("door-code"), true);
      element("join-code").focus();
      return;
    }
    const code = door === "code" ? { join_code: debate.join_code } : {};
    this.#acts.give({ do: "set_door", door, ...code }, word(DONE[door]));
  }

  async #setCode(event) {
    event.preventDefault();
    const code = element("join-code").value.trim();
    if (!code) return;
    await this.#acts.give({ do: "set_door", door: "code", join_code: code }, word(DONE.code));
  }
}
