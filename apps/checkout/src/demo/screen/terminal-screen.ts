import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { now } from '../../process/now.ts';
import { type LiveCounts, liveCountsOf } from '../measure/answers.ts';
import type { Phase } from '../scenario/phases.ts';
import type { Move, Side } from '../shops/side.ts';
import { createPlainScreen, type Screen } from './screen.ts';

/** Milliseconds between two frames. */
const FRAME = 200;

/** The phases and the current figures of both sides, redrawn in place. */
export function createTerminalScreen(output: NodeJS.WriteStream): Screen {
  const draw = createLogUpdate(output);
  let phases: readonly Phase[] = [];
  let sides: readonly Side[] = [];
  let dashboard = '';
  let current = -1;
  let since = 0;
  let frames: NodeJS.Timeout | undefined;
  const frame = () =>
    draw([...phases.map(phaseLine), '', ...sideLines(sides), '', `Dashboard: ${dashboard}`, ''].join('\n'));

  function phaseLine({ title, duration }: Phase, index: number): string {
    if (index < current) return `${styleText('green', '✔')} ${title}`;
    if (index > current) return styleText('dim', `  ${title}`);
    const left = Math.max(0, Math.ceil((since + duration - now()) / 1_000));
    return `${styleText('cyan', '▶')} ${styleText('bold', title)} ${styleText('dim', `${left} s`)}`;
  }

  return {
    note: (text) => output.write(`${text}\n`),
    open(thePhases, theSides, dashboardUrl) {
      dashboard = dashboardUrl;
      phases = thePhases;
      sides = theSides;
      frames = setInterval(frame, FRAME);
    },
    phase(index) {
      current = index;
      since = now();
    },
    // The next frame shows it.
    move: () => undefined,
    close() {
      if (frames === undefined) return;
      clearInterval(frames);
      frames = undefined;
      const last = phases[current];
      if (last && current === phases.length - 1 && now() >= since + last.duration) current++;
      frame();
      draw.done();
    },
  };
}

const ROWS: readonly (readonly [label: string, value: (counts: LiveCounts) => string])[] = [
  ['paid immediately', ({ confirmed }) => String(confirmed)],
  ['payment queued', ({ queued }) => String(queued)],
  ['refused', ({ refused }) => String(refused)],
  ['failed', ({ failed }) => String(failed)],
  ['median wait', ({ waiting }) => (waiting === null ? '-' : `${Math.round(waiting)} ms`)],
];

function sideLines(sides: readonly Side[]): string[] {
  const counts = sides.map(({ records }) => liveCountsOf(records, now()));
  const row = (label: string, cells: readonly string[]) =>
    `  ${label.padEnd(18)}${cells.map((cell) => cell.padStart(16)).join('')}`;
  return [
    styleText(
      'bold',
      row(
        '',
        sides.map(({ name }) => `${name} breakers`),
      ),
    ),
    ...ROWS.map(([label, value]) => row(label, counts.map(value))),
    ...sides.flatMap(({ moves }) => circuitLines(moves)),
  ];
}

function circuitLines(moves: readonly Move[]): string[] {
  const last = new Map(moves.map((move) => [move.breaker, move]));
  return [...last.values()].map(({ breaker, to, because }) => {
    const colour = to === 'closed' ? 'green' : to === 'open' ? 'red' : 'yellow';
    return `  circuit ${breaker.padEnd(10)}${styleText(colour, to)} ${styleText('dim', `(${because.rule})`)}`;
  });
}

/** Live progress on a terminal, plain lines anywhere else. */
export function createScreen(output: NodeJS.WriteStream): Screen {
  return output.isTTY ? createTerminalScreen(output) : createPlainScreen((line) => output.write(`${line}\n`));
}
