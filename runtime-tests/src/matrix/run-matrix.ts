import { NotAvailable, type Runtime } from '../runtimes/runtime.ts';
import type { Surroundings } from '../specs/kit/capability.ts';
import { brokenLine, type Line, lineOf, skippedLine } from './line.ts';

/** Runs all runtimes, one after the other, because specs of the clock need an idle machine. */
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
    if (error instanceof NotAvailable) return skippedLine(runtime.name, error.message);
    return brokenLine(runtime.name, error);
  }
}
