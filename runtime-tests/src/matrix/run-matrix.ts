import { NotToBeHad, type Runtime } from '../runtimes/runtime.ts';
import type { Surroundings } from '../specs/kit/capability.ts';
import { brokenLine, type Line, lineOf, skippedLine } from './line.ts';

/** Runs every runtime, one after the other: specs of the clock do not like company. */
export async function runMatrix(
  runtimes: readonly Runtime[],
  around: Surroundings,
  onLine: (line: Line) => void,
): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const runtime of runtimes) {
    const line = await runOne(runtime, around);
    lines.push(line);
    onLine(line);
  }
  return lines;
}

async function runOne(runtime: Runtime, around: Surroundings): Promise<Line> {
  try {
    return lineOf(runtime, await runtime.run(around));
  } catch (error) {
    if (error instanceof NotToBeHad) return skippedLine(runtime.name, error.message);
    return brokenLine(runtime.name, error);
  }
}
