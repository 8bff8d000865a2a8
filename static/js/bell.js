/**
 * A bell of two soft notes, made here: nothing is fetched for it. A device that can vibrates with it.
 */

const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.2 },
];
const LONG = 0.7; // seconds a note takes to fade

/** Ring once; silent where the reader has not touched the page yet, since browsers have it so. */
export function ring() {
  if (navigator.userActivation?.hasBeenActive === false) return;
  navigator.vibrate?.([150, 100, 150]);
  const context = new AudioContext();
  for (const { hertz, at } of NOTES) {
    const start = context.currentTime + at;
    const loud = new GainNode(context, { gain: 0 });
    loud.gain.setValueAtTime(0, start);
    loud.gain.linearRampToValueAtTime(0.25, start + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, start + LONG);
    const note = new OscillatorNode(context, { frequency: hertz });
    note.connect(loud).connect(context.destination);
    note.start(start);
    note.stop(start + LONG);
    if (hertz === NOTES.at(-1).hertz) note.onended = () => context.close();
  }
}
