import type { BothSides } from './figures.ts';
import type { Saved } from './saved.ts';

/** All that came of a story. */
export interface Result extends BothSides {
  readonly saved: Saved;
}
