import { stripVTControlCharacters, styleText } from 'node:util';
import { type LiveCounts, liveCountsOf } from '../measure/answers.ts';
import { circuitLines } from './circuits.ts';
import type { Scene } from './screen.ts';
import { cut } from './text.ts';

/** What a frame is drawn from. */
export interface Progress extends Scene {
  /** The index of the current phase; -1 before the first. */
  readonly current: number;

  /** When it began, in milliseconds since 1970. */
  readonly since: number;
}

/** The size of a terminal. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** With fewer rows only the current phase is shown. */
const ROWS_FOR_ALL_PHASES = 34;

/** The phases, the figures of both shops and the circuits at one moment, in no more lines and columns than there are. */
export function frameOf(progress: Progress, at: number, { columns, rows }: Size): string[] {
  // The last column and the last row stay free, so that no terminal scrolls or wraps.
  const [width, height] = [columns - 1, rows - 1];
  const draw = (isShort: boolean): string[] => [
    ...(rows >= ROWS_FOR_ALL_PHASES ? allPhases(progress, at) : [currentPhase(progress, at)]),
    '',
    ...countLines(progress, at),
    '',
    styleText('bold', 'Circuits of the shop with breakers'),
    ...circuitLines(
      progress.circuits,
      progress.sides.flatMap(({ moves }) => moves),
      { at, width, isShort },
    ),
    '',
    `Dashboard: ${progress.dashboardUrl}`,
  ];
  const lines = draw(false);
  return (lines.length <= height ? lines : draw(true)).slice(0, height).map((line) => narrowed(line, width));
}

function narrowed(line: string, width: number): string {
  const plain = stripVTControlCharacters(line);
  return plain.length <= width ? line : cut(plain, width);
}

function allPhases(progress: Progress, at: number): string[] {
  return progress.phases.map(({ title }, index) => {
    if (index < progress.current) return `${styleText('green', '✔')} ${title}`;
    if (index > progress.current) return styleText('dim', `  ${title}`);
    return currentPhase(progress, at);
  });
}

function currentPhase({ phases, current, since }: Progress, at: number): string {
  const phase = phases[current];
  if (!phase) return current < 0 ? 'The customers are coming' : '✔ All phases are over';
  const left = Math.ceil((since + phase.duration - at) / 1_000);
  const title = `${styleText('cyan', '▶')} ${styleText('bold', phase.title)}`;
  const place = `phase ${current + 1} of ${phases.length}`;
  if (left > 0) return `${title}, ${left} s left (${place})`;
  return current === phases.length - 1 ? `${title}. Waiting until all that was queued is paid` : `${title} (${place})`;
}

const ROWS: readonly (readonly [label: string, value: (counts: LiveCounts) => string])[] = [
  ['paid at once', ({ confirmed }) => String(confirmed)],
  ['payment queued', ({ queued }) => String(queued)],
  ['not accepted', ({ refused, failed }) => String(refused + failed)],
  ['median wait now', ({ waiting }) => (waiting === null ? '-' : `${Math.round(waiting)} ms`)],
];

function countLines({ sides }: Progress, at: number): string[] {
  const counts = sides.map(({ records }) => liveCountsOf(records, at));
  const row = (label: string, cells: readonly string[]): string =>
    `  ${label.padEnd(18)}${cells.map((cell) => cell.padStart(18)).join('')}`;
  return [
    styleText(
      'bold',
      row(
        '',
        sides.map(({ name }) => `${name} breakers`),
      ),
    ),
    ...ROWS.map(([label, value]) => row(label, counts.map(value))),
  ];
}
