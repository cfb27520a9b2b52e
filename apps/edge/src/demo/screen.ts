import { styleText } from 'node:util';
import { acts, type Story } from './story.ts';

/** Whether a runtime saw what it was to see, all of it, and stayed one and the same throughout. */
export function isAsExpected({ runtime, says, seen, isolates }: Story): boolean {
  return says === runtime && isolates.length === 1 && acts.every(({ expected }, i) => seen[i] === expected);
}

/** The story as lines: an act a line, with a mark for each runtime, and below it what another runtime saw instead. */
export function linesOf(stories: readonly Story[]): string[] {
  const title = Math.max(...acts.map((act) => act.title.length));
  const expected = Math.max(...acts.map((act) => act.expected.length));
  const lines = acts.flatMap((act, i) => {
    const marks = stories.map(({ runtime, seen }) => `${mark(seen[i] === act.expected)} ${runtime}`);
    const otherwise = stories.filter(({ seen }) => seen[i] !== act.expected);
    return [
      `${act.title.padEnd(title)}  ${act.expected.padEnd(expected)}  ${marks.join('  ')}`,
      ...otherwise.map(({ runtime, seen }) => `${' '.repeat(title)}  ${runtime} saw: ${seen[i]}`),
    ];
  });
  return [...lines, '', ...stories.map(summaryOf)];
}

function summaryOf({ runtime, says, isolates, copies }: Story): string {
  const times = copies.map(({ after }) => after).sort((a, b) => a - b);
  const age = Math.max(...copies.map((copy) => copy.age ?? 0));
  const isolate =
    isolates.length === 1 ? `one isolate throughout (${isolates[0]?.slice(0, 8)})` : `${isolates.length} isolates`;
  const identity = says === runtime ? '' : `, but takes itself for ${says}`;
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const shown = `${copies.length} copies shown, up to ${age} ms old, in ${median.toFixed(1)} ms (median)`;
  return `${mark(isolates.length === 1 && says === runtime)} ${runtime.padEnd(8)} ${isolate}${identity}; ${shown}`;
}

function mark(good: boolean): string {
  return good ? styleText('green', '✔') : styleText('red', '✘');
}
