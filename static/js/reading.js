/**
 * Where the reader is in a list that grows, and whether what arrives may be put into it now.
 *
 * Nothing moves under their eyes: while they have paused, scrolled up, or have the focus or a selection in the
 * list, arrivals wait and are counted. At the end of the list and doing nothing of this, they follow along.
 * Knows nothing of what arrives.
 */

const NEAR = 48; // pixels from the end that still count as the end
const MANY = 200; // put in at once: more would be felt, and nobody reads more

/**
 * `box` scrolls (or the page does, where it does not), `list` is in it. `place(things)`: put what waited into
 * the list, returning its elements. `next()`: put in what comes after the list's end where more lies between;
 * `newest()`: put in the newest instead of all. `changed()`: the count or the pause changed.
 */
export function reads({ box, list, place, next, newest, changed }) {
  let following = false;
  let held = null; // what is read: an element of the list
  let stood = 0; // where that stands on the screen
  let from = 0; // how far the list was scrolled when last seen
  let shape = ""; // and how large it was
  let soon = false; // what arrived since the last frame is put in with the next

  const scroller = () => (getComputedStyle(box).overflowY === "auto" ? box : document.scrollingElement);
  const shapeOf = ({ scrollHeight, clientHeight }) => `${scrollHeight} ${clientHeight}`;

  /** Take note of what is read, and of where it stands. */
  const note = (element = held) => {
    const scrolling = scroller();
    held = element;
    stood = held?.getBoundingClientRect().top;
    from = scrolling.scrollTop;
    shape = shapeOf(scrolling);
  };

  /** What is read stands in the middle of the screen; at the page's top it is what stands above the list. */
  const noteMiddle = () => {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const there = document.elementsFromPoint(x, y).find((one) => list.contains(one));
    const scrolling = scroller();
    note(scrolling === box || scrolling.scrollTop ? there?.closest(".contribution, li") : null);
  };

  /** To the end; but where the page itself scrolls, that does not carry away what has the focus. */
  const pin = () => {
    const scrolling = scroller();
    const focused = document.activeElement;
    const [was, seen] = [scrolling.scrollTop, onScreen(focused)];
    box.style.paddingBlockEnd = "";
    scrolling.scrollTop = scrolling.scrollHeight;
    if (!seen || onScreen(focused)) return note(list.lastElementChild);
    scrolling.scrollTop = was;
    following = false;
    noteMiddle();
  };

  /**
   * Lines above the list came or went, or something in it grew: what is read stays where it was on the screen, if need
   * be with room below the end.
   */
  const hold = () => {
    if (!holding()) return pin();
    const scrolling = scroller();
    const moved = () => (held?.checkVisibility() ? held.getBoundingClientRect().top - stood : 0);
    scrolling.scrollTop += moved();
    const short = moved();
    if (short >= 1) {
      box.style.paddingBlockEnd = `${parseFloat(getComputedStyle(box).paddingBlockEnd) + short}px`;
      scrolling.scrollTop += short;
    }
    from = scrolling.scrollTop;
    shape = shapeOf(scrolling);
  };

  /** See where the reader is. Up is away from the end, however little. */
  const look = (up = false) => {
    const { scrollHeight, scrollTop, clientHeight } = scroller();
    const was = following;
    following = !up && scrollHeight - scrollTop - clientHeight < NEAR;
    noteMiddle();
    if (following) here.settle();
    if (was !== following) changed();
  };

  /** Something scrolled. Where the list or its box changed as well, what is read is held; else it was the reader. */
  const scrolled = () => {
    const scrolling = scroller();
    if (shape !== shapeOf(scrolling)) hold();
    else if (scrolling.scrollTop !== from) look(scrolling.scrollTop < from);
  };

  /** Whether the focus or a selection is in the list. */
  const busy = () => {
    const { isCollapsed, anchorNode } = document.getSelection();
    return (!isCollapsed && list.contains(anchorNode)) || list.contains(document.activeElement);
  };

  /** Whether arrivals wait. */
  const holding = () => here.paused || !following || here.far || busy();

  const here = {
    paused: false,
    waiting: [],
    /** How many lie between the list's end and the first of these, and are not here: `next` loads some. */
    between: 0,
    /** Elements that came in above what is on the screen while following: answers to older threads. */
    further: [],

    /** Whether the reader is somewhere else than at the end. */
    get away() {
      return !following;
    },

    /** Whether more waits than is put in at once. */
    get far() {
      return here.between > 0 || here.waiting.length > MANY;
    },

    /** Put `things` into the list, or let them wait. */
    arrive(things) {
      here.waiting.push(...things);
      if (soon || !things.length) return;
      soon = true;
      requestAnimationFrame(() => {
        soon = false;
        here.settle();
        changed();
      });
    },

    /** Let in what waits if nothing holds it any more. Called every second too: a focus that left tells nobody. */
    settle() {
      if (!here.waiting.length || holding()) return;
      const placed = place(here.waiting.splice(0));
      pin();
      const { top } = scroller().getBoundingClientRect();
      const above = (one) => one.closest(".reply")?.checkVisibility() && one.getBoundingClientRect().bottom < top;
      here.further = [...here.further, ...placed.filter(above)].filter((one) => one.isConnected);
      changed();
    },

    /** These wait and no others, with `between` more before them that are not here. */
    wait(things, between = 0) {
      Object.assign(here, { waiting: things, between });
      changed();
    },

    /** The reader asked: show what waits, from its first on. */
    async release() {
      const [first] = here.between ? await next() : place(here.waiting.splice(0, MANY));
      if (first) here.show(first, "start");
      changed();
    },

    /** Bring an element of the list onto the screen, and read there. */
    show(element, block = "nearest") {
      element.scrollIntoView({ block });
      look();
    },

    /** Go to the oldest of what came in further up, one at a time. */
    goFurther() {
      const element = here.further.shift();
      here.show(element, "center");
      element.focus({ preventScroll: true });
      changed();
    },

    /** Hold everything until told otherwise; going on lets in what waited. */
    pause(paused) {
      here.paused = paused;
      if (!paused && here.waiting.length) here.release();
      changed();
    },

    /**
     * Begin: at the newest, where the list scrolls by itself. Where the page does, at the page's top: a newcomer
     * sees first what this is.
     */
    begin() {
      if (scroller() === box) return here.toEnd();
      look();
      changed();
    },

    /** Go to the newest. */
    toEnd() {
      if (here.far) {
        here.wait([]);
        newest();
      }
      following = true;
      here.settle();
      pin();
      changed();
    },
  };

  for (const one of [box, document]) one.addEventListener("scroll", scrolled, { passive: true });
  const resized = new ResizeObserver(hold);
  for (const one of [box, list, document.body]) resized.observe(one);
  return here;
}

function onScreen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
