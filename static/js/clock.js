/**
 * The debate's time: the server's, whatever this machine's clock says, and one timer for all clocks shown.
 *
 * Knows no page. Where the debate stands still (`stopped_since`), every clock shows what it had left then.
 */

export class Clock {
  #offset = 0;
  #tickers = new Set();
  #timer = null;
  #local;

  constructor(local = () => Date.now()) {
    this.#local = local;
  }

  /** Learn the server's time from a message that carries it. The way here counts as its error. */
  set(now) {
    this.#offset = Date.parse(now) - this.#local();
  }

  /** Milliseconds since 1970, as the server has it. */
  now() {
    return this.#local() + this.#offset;
  }

  /** Milliseconds until the wire time `until`, never below 0; `stopped` as `debate.stopped_since`. */
  left(until, stopped) {
    return Math.max(0, Date.parse(until) - (stopped ? Date.parse(stopped) : this.now()));
  }

  /** Call `ticker` now and every second. Returns the function that ends it. */
  every(ticker) {
    this.#tickers.add(ticker);
    this.#timer ??= setInterval(() => this.#tick(), 1000);
    ticker();
    return () => this.#tickers.delete(ticker);
  }

  #tick() {
    for (const ticker of this.#tickers) ticker();
  }
}

/** Call `draw` as `store.watch` does, and every second for the clocks that are shown: then with no records. */
export function follow(store, clock, draw) {
  store.watch(draw);
  clock.every(() => store.state && draw({ state: store.state, records: [] }));
}

/** `0:48`, `41:20`, `1:02:05`. A second that has begun counts whole, so that 0:00 is the end and not before. */
export function spoken(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
