import type { Act } from './acts.ts';
import { createPlainScreen } from './plain-screen.ts';
import type { Move, Side, SideName } from './side.ts';
import { createTerminalScreen } from './terminal-screen.ts';

/** Where somebody watches the demo. */
export interface Screen {
  /** Something is being done outside the story. */
  note(text: string): void;

  /** The story begins. */
  open(acts: readonly Act[], sides: readonly Side[]): void;

  /** An act of the story begins. */
  act(index: number): void;

  /** A circuit changed its state. */
  move(side: SideName, move: Move): void;

  /** The story is over, or was broken off: nothing moves any more. Closing twice is fine. */
  close(): void;
}

/** Live progress on a terminal, plain lines anywhere else. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  return output.isTTY ? createTerminalScreen(output) : createPlainScreen((line) => output.write(`${line}\n`));
}
