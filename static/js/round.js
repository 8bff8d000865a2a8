/**
 * The closed round that runs, as it concerns the reader: whose circle it is now, and how long. Loaded once one runs.
 */

import { follow, spoken } from "./clock.js";
import { clock, give, store } from "./debate.js";
import { at, fill, show, take } from "./parts.js";
import { word } from "./words.js";

const LAST = 60_000; // milliseconds before its end in which its group is told
const box = at("round");

function told({ title, until }, seated, left) {
  if (!seated) return { title: title ?? word("round"), said: word("round.others") };
  if (until && left <= LAST) return { title: word("round.ends"), said: word("round.ends.said") };
  return { title: word("round.mine"), said: word("round.mine.said") };
}

take(box, { extend_turn: (button) => give({ do: "extend_turn" }, button) });
follow(store, clock, ({ state }) => {
  const { round, you, debate, seats } = state;
  show(box, round);
  if (!round) return;
  const left = round.until ? clock.left(round.until, debate.stopped_since) : 0;
  const going = seats.some(({ seat, until }) => seat === you?.seat && until); // that clock is the one to extend
  fill(box, {
    ...told(round, you?.seat, left),
    clock: round.until ? spoken(left) : "",
    extend_turn: Boolean(round.until && you?.seat && !round.own && !going),
  });
});
