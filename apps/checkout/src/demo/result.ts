import type { Circuit } from './circuit.ts';
import type { BothSides } from './figures.ts';
import type { Load } from './rehearsal.ts';
import type { Saved } from './saved.ts';

/** All that came of a story. */
export interface Result extends BothSides {
  /** The customers that the machine was found to be good for. */
  readonly load: Load;
  readonly circuit: Circuit;
  readonly saved: Saved;
}
