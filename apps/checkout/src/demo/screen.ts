import type { Act } from './acts.ts';
import type { Move, Side, SideName } from './side.ts';

/** Where somebody watches the demo. */
export interface Screen {
  /** Something is being done outside the story. */
  note(text: string): void;

  /** The story begins. The dashboard's address stays where it can be seen. */
  open(acts: readonly Act[], sides: readonly Side[], dashboardUrl: string): void;

  /** An act of the story begins. */
  act(index: number): void;

  /** A circuit changed its state. */
  move(side: SideName, move: Move): void;

  /** The story is over, or was broken off: nothing moves any more. Closing twice is fine. */
  close(): void;
}
