import { createPlainScreen } from './plain-screen.ts';
import type { Screen } from './screen.ts';
import { createTerminalScreen } from './terminal-screen.ts';

/** Live progress on a terminal, plain lines anywhere else. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  return output.isTTY ? createTerminalScreen(output) : createPlainScreen((line) => output.write(`${line}\n`));
}
