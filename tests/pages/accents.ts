// Accents that nobody has chosen, the same ones in every run.

/** Printed with what fails. */
export const SEED = 20261122;

/** Random accents, as six digits (mulberry32: Tommy Ettinger, 2017). */
export function* accents(count: number): Generator<string> {
  let state = SEED;
  for (let made = 0; made < count; made++) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 8).toString(16).padStart(6, "0");
  }
}
