/**
 * The chair has posted the text of a question: then the focus is offered to it, back and forth alike, and never moved by
 * itself. Whether a text puts a question is the service's to say (fishbowl/tagging/asking.py).
 */

import { at, fill, take } from "../parts.js";
import { reasons } from "../reasons.js";
import { word } from "../words.js";
import { keys } from "./keylist.js";
import { may } from "./phases.js";
import { giveWay } from "./rows.js";

const OFFERED_FOR = 60_000; // milliseconds

export function asked({ store, clock, acts }) {
  const offer = at("to-asked");
  let offered = null; // {question, until}

  const open = () => {
    const { you, debate } = store.state;
    const there = you?.role === "chair" && may("focus", debate.phase) && offered?.until > clock.now();
    return there && offered.question !== store.focus?.question;
  };
  const draw = () => {
    if (!open()) offered = null;
    giveWay(offer, offered, at("floor-title"));
    if (offered) fill(offer, { said: word("chair.asked", offered) });
  };
  const look = async (number) => {
    const { asks: question } = await reasons(number).catch(() => ({}));
    if (!question) return;
    offered = { question, until: clock.now() + OFFERED_FOR };
    draw();
    if (offered) acts.say(word(keys.to_asked ? "chair.asked.aloud" : "chair.asked", { question, key: keys.to_asked.toUpperCase() }));
  };

  take(offer, {
    put_away() {
      offered = null;
      draw();
    },
  });
  clock.every(() => store.state && draw());

  return {
    /** Move the focus to the question that was put. */
    take() {
      if (!offered || !open()) return;
      const { question } = offered;
      acts.give({ do: "focus", question }, word("chair.focused", { question }));
    },

    show(state, records) {
      for (const { type, author, contribution } of records ?? []) {
        if (type === "contribution.posted" && author.role === "chair" && state.you?.role === "chair") look(contribution);
      }
      draw();
    },
  };
}
