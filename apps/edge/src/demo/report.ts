import { styleText } from 'node:util';
import { phases, type Result } from './scenario.ts';

/** Whether every phase went as expected, in one isolate, on the right runtime. */
export function isAsExpected({ runtime, reportedRuntime, seen, isolates }: Result): boolean {
  return (
    reportedRuntime === runtime && isolates.length === 1 && phases.every(({ expected }, i) => seen[i] === expected)
  );
}

/** The report: a line per phase with a mark for each runtime, followed by deviating observations. */
export function linesOf(results: readonly Result[]): string[] {
  const title = Math.max(...phases.map((phase) => phase.title.length));
  const expected = Math.max(...phases.map((phase) => phase.expected.length));
  const lines = phases.flatMap((phase, i) => {
    const marks = results.map(({ runtime, seen }) => `${mark(seen[i] === phase.expected)} ${runtime}`);
    const otherwise = results.filter(({ seen }) => seen[i] !== phase.expected);
    return [
      `${phase.title.padEnd(title)}  ${phase.expected.padEnd(expected)}  ${marks.join('  ')}`,
      ...otherwise.map(({ runtime, seen }) => `${' '.repeat(title)}  ${runtime} saw: ${seen[i]}`),
    ];
  });
  return [...lines, '', ...results.map(summaryOf)];
}

function summaryOf({ runtime, reportedRuntime, isolates, copies }: Result): string {
  const times = copies.map(({ after }) => after).sort((a, b) => a - b);
  const age = Math.max(...copies.map((copy) => copy.age ?? 0));
  const isolate = isolates.length === 1 ? `one isolate (${isolates[0]?.slice(0, 8)})` : `${isolates.length} isolates`;
  const identity = reportedRuntime === runtime ? '' : `, but detected as ${reportedRuntime}`;
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const shown = `${copies.length} copies served, up to ${age} ms old, median response ${median.toFixed(1)} ms`;
  return `${mark(isolates.length === 1 && reportedRuntime === runtime)} ${runtime.padEnd(8)} ${isolate}${identity}; ${shown}`;
}

function mark(good: boolean): string {
  return good ? styleText('green', '✔') : styleText('red', '✘');
}
