import type { SideName } from '../demo/side.ts';
import type { Lately } from './lately.ts';
import type { Condition } from './world.ts';

/** What the page is told, twice a second. */
export interface State extends Condition {
  readonly sides: Readonly<Record<SideName, Lately>>;

  /** What the breakers around payments saved so far, in words; empty while nobody knows. */
  readonly saved: readonly (readonly [title: string, amount: string])[];
}
