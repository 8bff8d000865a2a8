/**
 * What can be taken back, and for how long: one mechanism for every act of the chair.
 *
 * Knows neither page nor wire: it is told what was done and what stood before, and names the command that puts
 * it back. Taking back is a command and a record like any other; nothing is unsaid.
 */

export const UNDO_FOR = 10_000; // milliseconds

/**
 * The command that undoes `command`, or several, or null where none does. `before` is what the store showed until then:
 * `{questions: [n], focus: n|null, reply_to: n|null, place?, apart?}`; `place`: where the question stood, from 1 on; `apart`:
 * replies that move along and stood elsewhere than what they answer,
 * `[{contribution, questions}]`.
 */
export function undoing(command, before) {
  switch (command.do) {
    case "hide":
      return { do: "restore", contribution: command.contribution };
    case "release": // shown by mistake: from everybody's sight again
      return { do: "hide", contribution: command.contribution };
    case "refuse":
      return { do: "release", contribution: command.contribution };
    case "restore":
      return { do: "hide", contribution: command.contribution };
    case "tag":
      return [
        { do: "tag", contribution: command.contribution, questions: before.questions },
        ...(before.apart ?? []).map((one) => ({ do: "tag", ...one, thread: false })),
      ];
    case "move_question":
      return { do: "move_question", question: command.question, to: before.place };
    case "thread":
      return { ...command, reply_to: before.reply_to };
    case "focus":
      return { do: "focus", question: before.focus };
    case "highlight":
      return { do: "highlight", contribution: command.contribution, on: !command.on };
    case "mute":
      return { do: "unmute", person: command.person };
    case "block":
      return { do: "unblock", person: command.person };
    case "admit": // whoever is in is not put out again by this
      return command.on ? null : { do: "admit", person: command.person, on: true };
    case "freeze":
      return { do: "freeze", on: !command.on };
    default:
      return null;
  }
}

/** Acts of the last ten seconds, the latest first out. Times are passed in, in milliseconds. */
export class Undo {
  #acts = [];

  /**
   * Remember an act, as it is given: `undo` is the command that puts it back, `said` the sentence that names it
   * done. It can be taken back at once, since commands keep their order; returns what `forget` takes.
   */
  remember(undo, said, now) {
    const act = { undo, said, until: now + UNDO_FOR };
    this.#acts.push(act);
    return act;
  }

  /** It was refused: there is nothing to take back. */
  forget(act) {
    this.#acts = this.#acts.filter((other) => other !== act);
  }

  /** The act that would be undone next: `{undo, said, until}`, or null. */
  latest(now) {
    this.#acts = this.#acts.filter((act) => act.until > now);
    return this.#acts.at(-1) ?? null;
  }

  /** The same, and it is no longer there to be undone twice. */
  take(now) {
    const act = this.latest(now);
    if (act) this.#acts.pop();
    return act;
  }
}
