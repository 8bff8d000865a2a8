/**
 * What scrolls where there is no room, sideways or down: reachable by keyboard then, and no stop on the way when not.
 */

import { mark } from "./parts.js";

/** Keep `elements` focusable exactly while there is more in them than can be seen. */
export function reachable(...elements) {
  const look = () => {
    for (const element of elements) mark(element, { tabindex: overflows(element) ? "0" : null });
  };
  const sized = new ResizeObserver(look);
  const filled = new MutationObserver(look);
  for (const element of elements) {
    sized.observe(element);
    filled.observe(element, { childList: true, subtree: true, characterData: true, attributeFilter: ["hidden"] });
  }
}

function overflows(element) {
  const { overflowX, overflowY } = getComputedStyle(element);
  const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
  const wide = element.scrollWidth > element.clientWidth && scrolls(overflowX);
  return wide || (element.scrollHeight > element.clientHeight && scrolls(overflowY));
}
