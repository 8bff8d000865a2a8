/**
 * Where the reader is in a list that grows, and whether what arrives may be put into it now.
 *
 * Nothing moves under their eyes: while they have paused, scrolled up, or have the focus or a selection in the
 * list, arrivals wait and are counted. At the end of the list and doing nothing of this, they follow along.
 * Knows nothing of what arrives.
 */

const NEAR = 48; // pixels from the end that still count as the end
const MANY = 200; // put in at once: more would be felt, and nobody reads more

export class Reading {
  paused = false;
  waiting = [];
  /** How many lie between the list's end and the first of these, and are not here: `next` loads some. */
  between = 0;
  /** Elements that came in above what is on the screen while following: answers to older threads. */
  further = [];
  #box;
  #list;
  #place;
  #next;
  #newest;
  #following = false;
  #held = null; // what is read: an element of the list
  #top = 0; // where it stands on the screen
  #from = 0; // how far the list was scrolled when last seen
  #shape = ""; // and how large it was
  #changed;
  #soon = null; // what arrived since the last frame is put in with the next

  /**
   * `box` scrolls (or the page does, where it does not), `list` is in it. `place(things)`: put what waited into
   * the list, returning its elements. `next()`: put in what comes after the list's end where more lies between;
   * `newest()`: put in the newest instead of all. `changed()`: the count or the pause changed.
   */
  constructor({ box, list, place, next, newest, changed }) {
    this.#box = box;
    this.#list = list;
    this.#place = place;
    this.#next = next;
    this.#newest = newest;
    this.#changed = changed;
    const moved = () => this.#moved();
    box.addEventListener("scroll", moved, { passive: true });
    document.addEventListener("scroll", moved, { passive: true });
    const resized = new ResizeObserver(() => this.#hold());
    for (const one of [box, list, document.body]) resized.observe(one);
  }

  /** Whether the reader is somewhere else than at the end. */
  get away() {
    return !this.#following;
  }

  /** Whether more waits than is put in at once. */
  get far() {
    return this.between > 0 || this.waiting.length > MANY;
  }

  /** Whether arrivals wait. */
  get holding() {
    return this.paused || !this.#following || this.far || this.#busy();
  }

  /** Put `things` into the list, or let them wait. */
  arrive(things) {
    if (!things.length) return;
    this.waiting.push(...things);
    this.#soon ??= requestAnimationFrame(() => {
      this.#soon = null;
      this.settle();
      this.#changed();
    });
  }

  /** Let in what waits if nothing holds it any more. Called every second too: a focus that left tells nobody. */
  settle() {
    if (!this.waiting.length || this.holding) return;
    const placed = this.#place(this.waiting.splice(0));
    this.#pin();
    const top = this.#scroller().getBoundingClientRect().top;
    const above = (one) => one.closest(".reply")?.checkVisibility() && one.getBoundingClientRect().bottom < top;
    this.further = [...this.further, ...placed.filter(above)].filter((one) => one.isConnected);
    this.#changed();
  }

  /** These wait and no others, with `between` more before them that are not here. */
  wait(things, between = 0) {
    this.waiting = things;
    this.between = between;
    this.#changed();
  }

  /** The reader asked: show what waits, from its first on. */
  async release() {
    const [first] = this.between ? await this.#next() : this.#place(this.waiting.splice(0, MANY));
    if (first) this.show(first, "start");
    this.#changed();
  }

  /** Bring an element of the list onto the screen, and read there. */
  show(element, block = "nearest") {
    element?.scrollIntoView({ block });
    this.#look();
  }

  /** Go to the oldest of what came in further up, one at a time. */
  goFurther() {
    const element = this.further.shift();
    this.show(element, "center");
    element?.focus({ preventScroll: true });
    this.#changed();
  }

  /** Hold everything until told otherwise; going on lets in what waited. */
  pause(paused) {
    this.paused = paused;
    if (!paused && this.waiting.length) this.release();
    this.#changed();
  }

  /**
   * Begin: at the newest, where the list scrolls by itself. Where the page does, at the page's top: a newcomer
   * sees first what this is.
   */
  begin() {
    if (this.#scroller() === this.#box) return this.toEnd();
    this.#look();
    this.#changed();
  }

  /** Go to the newest. */
  toEnd() {
    if (this.far) {
      this.wait([]);
      this.#newest();
    }
    this.#following = true;
    this.settle();
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
    this.#box.style.paddingBlockEnd = "";
    box.scrollTop = box.scrollHeight;
    if (seen && !onScreen(focused)) {
      box.scrollTop = from;
      this.#following = false;
      return this.#take();
    }
    this.#held = this.#list.lastElementChild;
    this.#top = this.#held?.getBoundingClientRect().top;
    this.#note(box);
  }

  /**
   * Lines above the list came or went, or something in it grew: what is read stays where it was on the screen, if need
   * be with room below the end.
   */
  #hold() {
    if (!this.holding) return this.#pin();
    const box = this.#scroller();
    const moved = () => (this.#held?.checkVisibility() ? this.#held.getBoundingClientRect().top - this.#top : 0);
    box.scrollTop += moved();
    const short = moved();
    if (short >= 1) {
      this.#box.style.paddingBlockEnd = `${parseFloat(getComputedStyle(this.#box).paddingBlockEnd) + short}px`;
      box.scrollTop += short;
    }
    this.#note(box);
  }

  /** Take note of what is read, what stands in the middle of the screen, and of where it stands. */
  #take() {
    const { left, right, top, bottom } = this.#box.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const box = this.#scroller();
    const there = document.elementsFromPoint(x, y).find((one) => this.#list.contains(one));
    // At the page's top what is read is what stands above the list.
    this.#held = box === this.#box || box.scrollTop ? there?.closest(".contribution, li") : null;
    this.#top = this.#held?.getBoundingClientRect().top;
    this.#note(box);
  }

  #note({ scrollTop, scrollHeight, clientHeight }) {
    this.#from = scrollTop;
    this.#shape = `${scrollHeight} ${clientHeight}`;
  }

  /** Something scrolled. Where the list or its box changed as well, what is read is held; else it was the reader. */
  #moved() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller();
    if (this.#shape !== `${scrollHeight} ${clientHeight}`) this.#hold();
    else if (scrollTop !== this.#from) this.#look(scrollTop < this.#from);
  }

  /** See where the reader is. Up is away from the end, however little. */
  #look(up = false) {
    const box = this.#scroller();
    const was = this.#following;
    this.#following = !up && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    this.#take();
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
