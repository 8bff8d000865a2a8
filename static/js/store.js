/**
 * A debate as this browser knows it: the snapshot, and every record since folded into it.
 *
 * Knows no page and no socket, so that it runs under node as it does here. `state` has the shape of the
 * snapshot (docs/protocol.md) and equals the one the server would give after the same records; a test holds
 * both together. Only `apply` and `reset` write to it; everybody else reads.
 *
 *     const store = new Store();
 *     store.watch(({ state, records }) => ...);   // after every frame; `records` is null after a reset
 *     store.reset(snapshot); store.apply(records);
 */

import { fold, place } from "./fold.js";

export class Store {
  state = null;
  #all = new Map();
  #tallies = new Map(); // "question author" -> visible contributions that we have seen
  #oldest = 0; // of them
  #watchers = new Set();
  #isReady;
  /** Resolves once there is a state. */
  ready = new Promise((settle) => (this.#isReady = settle));
  /** What the snapshot does not tell and the fold needs: what an offered seat falls back to, by seat. */
  resting = new Map();

  /** Call `watcher({state, records})` after every change. */
  watch(watcher) {
    this.#watchers.add(watcher);
  }

  /** Begin anew from a snapshot. The snapshot becomes the store's own. */
  reset({ type: _, ...state }) {
    const { contributions } = state;
    this.state = state;
    this.#all = new Map(contributions.map((one) => [one.contribution, one]));
    this.#tallies.clear();
    this.resting.clear();
    this.#oldest = contributions[0]?.contribution ?? 0;
    for (const one of contributions) this.#tallyPosted(one);
    this.#notice(null);
    this.#isReady();
  }

  /** Fold records in order. Those the state already holds are passed over, so a repeated one does no harm. */
  apply(records) {
    const fresh = records.filter(({ seq }) => seq > this.state.seq);
    if (!fresh.length) return;
    for (const record of fresh) {
      fold(this, record);
      this.state.seq = record.seq;
    }
    place(this.state);
    this.#notice(fresh);
  }

  /** Take in what is said without a seq: who is here. */
  hear({ online, joined }) {
    Object.assign(this.state, { online, joined });
    this.#notice([]);
  }

  /**
   * Take in the contributions before the number `before`, ascending: those next to what there is go before it,
   * others are only kept in step. Returns those that were new. (Numbers may be missing: not all are for everybody.)
   */
  prepend(older, before) {
    const { contributions } = this.state;
    const first = contributions[0]?.contribution ?? 0;
    const fresh = older.filter((one) => !this.contribution(one.contribution));
    for (const one of fresh) this.#all.set(one.contribution, one);
    if (!older.length || before < first) return fresh;
    const missing = older.filter((one) => one.contribution < first);
    for (const one of missing) if (one.contribution < this.#oldest) this.#tallyPosted(one);
    this.#oldest = Math.min(this.#oldest, missing[0]?.contribution ?? Infinity);
    contributions.unshift(...missing.map((one) => this.contribution(one.contribution)));
    return fresh;
  }

  /** Let go of the contributions before `number`: they are loaded again when somebody wants to see them. */
  forget(number) {
    for (const known of this.#all.keys()) if (known < number) this.#all.delete(known);
    const { contributions } = this.state;
    contributions.splice(0, contributions.findIndex((one) => one.contribution >= number));
  }

  contribution(number) {
    return this.#all.get(number);
  }

  /** What we hold of the contribution with this path and all that is below it. */
  under(path) {
    return [...this.#all.values()].filter((one) => `${one.path}.`.startsWith(`${path}.`));
  }

  question(number) {
    return this.state.questions.find((one) => one.question === number);
  }

  seat(number) {
    return this.state.seats.find((one) => one.seat === number);
  }

  person(id) {
    return this.state.people.find((one) => one.person === id);
  }

  /** The question in focus, or undefined. */
  get focus() {
    return this.state.questions.find((one) => one.focus);
  }

  #notice(records) {
    for (const watcher of this.#watchers) watcher({ state: this.state, records });
  }

  /** How many visible contributions of how many people we know of under a question. */
  known(question) {
    const counts = [...this.#tallies].filter(([key, n]) => n > 0 && key.startsWith(`${question} `));
    return { contributions: counts.reduce((sum, [, n]) => sum + n, 0), people: counts.length };
  }

  /** Add a contribution to what we know of `question` and its author. Returns how many there are of both by now. */
  #tally(question, { author }, sign) {
    const key = `${question} ${author.person}`;
    const n = (this.#tallies.get(key) ?? 0) + sign;
    this.#tallies.set(key, n);
    return n;
  }

  #tallyPosted(one) {
    if (one.status === "posted") for (const { question } of one.tags) this.#tally(question, one, +1);
  }

  /**
   * Count a contribution under its questions or, with `sign` -1, no more: as long as all may read it. `people` is exact
   * for whom we have seen: an author whose other contributions are all older than what we hold counts once more.
   */
  count(contribution, sign) {
    if (contribution?.status !== "posted") return;
    for (const { question: number } of contribution.tags) {
      const n = this.#tally(number, contribution, sign);
      const question = this.question(number);
      if (!question) continue;
      question.contributions += sign;
      if (n === Math.max(0, sign)) question.people += sign; // the first of theirs, or the last
    }
  }

  /**
   * Take in a contribution and count it, in the order of numbers; one that was known by its number gives way. (It may have
   * counted: heard of late, a record of its refusal says already that it was released.)
   */
  add(contribution) {
    const { contributions } = this.state;
    const number = contribution.contribution;
    this.count(this.contribution(number), -1);
    this.#all.set(number, contribution);
    this.count(contribution, +1);
    let place = contributions.length;
    while (place && contributions[place - 1].contribution >= number) place -= 1;
    contributions.splice(place, Number(contributions[place]?.contribution === number), contribution);
  }
}
