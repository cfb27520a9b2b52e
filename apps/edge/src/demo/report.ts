import { styleText } from 'node:util';
import { phases, type Result } from './scenario.ts';

/** Whether every phase went as expected, in one isolate, on the right runtime. */
export function isAsExpected({ runtime, reportedRuntime, seen, isolates }: Result): boolean {
  return (
    reportedRuntime === runtime && isolates.length === 1 && phases.every(({ expected }, i) => seen[i] === expected)
  );
}

/** What came of it in one sentence. */
export function sentenceOf(results: readonly Result[]): string {
  const names = listOf(results.map(({ runtime }) => runtime));
  const strange = results.filter((result) => !isAsExpected(result)).map(({ runtime }) => runtime);
  if (strange.length > 0) return `The app did not do what was expected on ${listOf(strange)}; each ✘ says what it did.`;
  const copies = results.flatMap((result) => result.copies);
  const oldest = Math.max(0, ...copies.map(({ age = 0 }) => age));
  return (
    `While a service was down, its users got the last good copy, ${secondsOf(oldest)} old at most, in ` +
    `${Math.round(medianOf(copies))} ms; the service got probes only, and the other service noticed nothing: the same on ${names}.`
  );
}

/** A line per phase, with what a runtime saw instead; then a line per runtime. */
export function linesOf(results: readonly Result[]): string[] {
  const width = Math.max(...phases.map(({ title }) => title.length));
  const lines = phases.flatMap(({ title, expected }, i) => {
    const others = results.filter(({ seen }) => seen[i] !== expected);
    return [
      `${mark(others.length === 0)} ${title.padEnd(width)} ${expected}`,
      ...others.map(({ runtime, seen }) => `    ${runtime} saw: ${seen[i]}`),
    ];
  });
  return [...lines, '', ...results.map(summaryOf)];
}

function summaryOf({ runtime, reportedRuntime, isolates, copies }: Result): string {
  const isolate = isolates.length === 1 ? 'one isolate' : `${isolates.length} isolates`;
  const identity = reportedRuntime === runtime ? '' : `, but detected as ${reportedRuntime}`;
  const shown = `${copies.length} copies, median response ${medianOf(copies).toFixed(1)} ms`;
  return `${mark(isolates.length === 1 && reportedRuntime === runtime)} ${runtime.padEnd(8)} ${isolate}${identity}; ${shown}`;
}

function medianOf(copies: Result['copies']): number {
  const times = copies.map(({ after }) => after).sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}

function secondsOf(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** `workerd, deno and bun` */
function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function mark(good: boolean): string {
  return good ? styleText('green', '✔') : styleText('red', '✘');
}
