/**
 * Where the reader is in a list that grows, and whether what arrives may be put into it now.
 *
 * Nothing moves under their eyes: while they have paused, scrolled up, or have the focus or a selection in the
 * list, arrivals wait and are counted. At the end of the list and doing nothing of this, they follow along.
 * Knows nothing of what arrives.
 */

const NEAR = 48; // pixels from the end that still count as the end

export class Reading {
  paused = false;
  waiting = [];
  /** Elements that came in above what is on the screen while following: answers to older threads. */
  further = [];
  #box;
  #list;
  #place;
  #following = false;
  #changed;

  /**
   * `box` scrolls (or the page does, where it does not), `list` is in it. `place(things)`: put what waited into
   * the list, returning its elements. `changed()`: the count or the pause changed.
   */
  constructor({ box, list, place, changed }) {
    this.#box = box;
    this.#list = list;
    this.#place = place;
    this.#changed = changed;
    const moved = () => this.#moved();
    box.addEventListener("scroll", moved, { passive: true });
    document.addEventListener("scroll", moved, { passive: true });
    new ResizeObserver(() => this.#following && !this.paused && this.#pin()).observe(box);
  }

  /** Whether the reader is somewhere else than at the end. */
  get away() {
    return !this.#following;
  }

  /** Whether arrivals wait. */
  get holding() {
    return this.paused || !this.#following || this.#busy();
  }

  /** Put `things` into the list, or let them wait. */
  arrive(things) {
    if (!things.length) return;
    this.waiting.push(...things);
    this.settle();
    this.#changed();
  }

  /** Let in what waits if nothing holds it any more. Called every second too: a focus that left tells nobody. */
  settle() {
    if (!this.waiting.length || this.holding) return;
    const placed = this.#place(this.waiting.splice(0));
    this.#pin();
    const top = this.#scroller().getBoundingClientRect().top;
    this.further.push(...placed.filter((element) => !element.hidden && element.getBoundingClientRect().bottom < top));
    this.#changed();
  }

  /** The reader asked: show what waits, from its first on. */
  release() {
    const [first] = this.#place(this.waiting.splice(0));
    first?.scrollIntoView({ block: "start" });
    this.#moved();
    this.#changed();
  }

  /** Go to the oldest of what came in further up, one at a time. */
  goFurther() {
    const element = this.further.shift();
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
    this.#changed();
  }

  /** Hold everything until told otherwise; going on lets in what waited. */
  pause(paused) {
    this.paused = paused;
    if (!paused && this.waiting.length) this.release();
    this.#changed();
  }

  /** Change the list above or around what is read without moving it on the screen. */
  still(change) {
    const box = this.#scroller();
    if (box !== this.#box && box.scrollTop === 0) return change(); // what stands above the list is what is read
    const before = box.scrollHeight - box.scrollTop;
    change();
    box.scrollTop = box.scrollHeight - before;
  }

  /**
   * Begin: at the newest, where the list scrolls by itself. Where the page does, at the page's top: a newcomer
   * sees first what this is.
   */
  begin() {
    if (this.#scroller() === this.#box) return this.toEnd();
    this.#moved();
    this.#changed();
  }

  /** Go to the newest. */
  toEnd() {
    this.#following = true;
    this.#pin();
    this.#changed();
  }

  #scroller() {
    return getComputedStyle(this.#box).overflowY === "auto" ? this.#box : document.scrollingElement;
  }

  /** To the end; but where the page itself scrolls, that does not carry away what has the focus. */
  #pin() {
    const box = this.#scroller();
    const [from, focused] = [box.scrollTop, document.activeElement];
    const seen = onScreen(focused);
    box.scrollTop = box.scrollHeight;
    if (!seen || onScreen(focused)) return;
    box.scrollTop = from;
    this.#following = false;
  }

  #moved() {
    const box = this.#scroller();
    const was = this.#following;
    this.#following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (this.#following) this.settle();
    if (was !== this.#following) this.#changed();
  }

  #busy() {
    const selection = document.getSelection();
    const selected = selection && !selection.isCollapsed && this.#list.contains(selection.anchorNode);
    return selected || this.#list.contains(document.activeElement);
  }
}

function onScreen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
