/**
 * What the chair says to everybody, and who may come in.
 */

import { at, mark, put, show } from "../parts.js";
import { word } from "../words.js";
import { sentence } from "./acts.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

const SAID = { open: "chair.door.open", approve: "chair.door.approve", code: "chair.door.code", shut: "chair.door.shut" };
const DONE = {
  open: "chair.door.opened",
  approve: "chair.door.one_by_one",
  code: "chair.door.by_code",
  shut: "chair.door.closed",
};

export function room({ store, stream, acts }) {
  const [writing, text, wrong] = ["announce", "announce-text", "announce-wrong"].map(at);
  const [door, asking, code] = ["door", "door-code", "join-code"].map(at);
  let asksCode = false; // the code's field is open although the door is not by code yet

  writing.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    const reply = await stream.ask({ do: "announce", text: text.value.trim() });
    show(wrong, !reply.ok);
    if (!reply.ok) return put(wrong, sentence(reply));
    text.value = "";
    acts.say(word("chair.announcement_made"));
  });
  door.addEventListener("click", ({ target }) => {
    const turned = target.closest("button")?.dataset.door;
    const { debate } = store.state;
    if (!turned || turned === debate.door) return;
    if (turned === "code" && !debate.join_code) {
      asksCode = true;
      show(asking, true);
      code.focus();
      return;
    }
    const by = turned === "code" ? { join_code: debate.join_code } : {};
    acts.give({ do: "set_door", door: turned, ...by }, word(DONE[turned]));
  });
  asking.addEventListener("submit", (event) => {
    event.preventDefault();
    const join_code = code.value.trim();
    if (join_code) acts.give({ do: "set_door", door: "code", join_code }, word(DONE.code));
  });

  return {
    /** Go to where an announcement is written. */
    announce: () => text.focus(),

    show({ debate, you, announcement }) {
      const chair = you?.role === "chair";
      const turns = chair && may("door", debate.phase);
      const announces = chair && may("announce", debate.phase);
      giveWay(writing, announces, at("floor-title"));
      show(writing.parentElement, announces || announcement?.text);
      show(at("announced"), announcement?.text);
      if (announcement?.text) put(at("announced"), word("chair.announced", { text: announcement.text }));
      for (const button of door.children) {
        mark(button, { "aria-pressed": button.dataset.door === debate.door });
        button.disabled = !turns;
      }
      put(at("door-said"), word(SAID[debate.door] ?? "chair.door.open"));
      if (debate.door === "code") asksCode = false;
      show(asking, turns && (debate.door === "code" || asksCode));
      if (document.activeElement !== code && debate.join_code) code.value = debate.join_code;
    },
  };
}
