import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import { now } from '../process/now.ts';
import type { Act } from './acts.ts';
import type { Screen } from './screen.ts';
import type { Move, Side } from './side.ts';
import { type Tally, tallyOf } from './tally.ts';

/** Milliseconds between two frames. */
const FRAME = 200;

/** The acts with the one that plays, and both sides so far, drawn again and again in the same place. */
export function createTerminalScreen(output: NodeJS.WriteStream): Screen {
  const draw = createLogUpdate(output);
  let acts: readonly Act[] = [];
  let sides: readonly Side[] = [];
  let dashboard = '';
  let current = -1;
  let since = 0;
  let frames: NodeJS.Timeout | undefined;
  const frame = () =>
    draw([...acts.map(actLine), '', ...sideLines(sides), '', `Dashboard: ${dashboard}`, ''].join('\n'));

  function actLine({ title, lasting }: Act, index: number): string {
    if (index < current) return `${styleText('green', '✔')} ${title}`;
    if (index > current) return styleText('dim', `  ${title}`);
    const left = Math.max(0, Math.ceil((since + lasting - now()) / 1_000));
    return `${styleText('cyan', '▶')} ${styleText('bold', title)} ${styleText('dim', `${left} s`)}`;
  }

  return {
    note: (text) => output.write(`${text}\n`),
    open(theActs, theSides, dashboardUrl) {
      dashboard = dashboardUrl;
      acts = theActs;
      sides = theSides;
      frames = setInterval(frame, FRAME);
    },
    act(index) {
      current = index;
      since = now();
    },
    // The next frame shows it.
    move: () => undefined,
    close() {
      if (frames === undefined) return;
      clearInterval(frames);
      frames = undefined;
      const last = acts[current];
      if (last && current === acts.length - 1 && now() >= since + last.lasting) current++;
      frame();
      draw.done();
    },
  };
}

const ROWS: readonly (readonly [label: string, value: (tally: Tally) => string])[] = [
  ['paid at once', ({ confirmed }) => String(confirmed)],
  ['payment queued', ({ queued }) => String(queued)],
  ['turned away', ({ refused }) => String(refused)],
  ['failed', ({ failed }) => String(failed)],
  ['answer now takes', ({ waiting }) => (waiting === null ? '-' : `${Math.round(waiting)} ms`)],
];

function sideLines(sides: readonly Side[]): string[] {
  const tallies = sides.map(({ records }) => tallyOf(records, now()));
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
    ...ROWS.map(([label, value]) => row(label, tallies.map(value))),
    ...sides.flatMap(({ moves }) => circuitLines(moves)),
  ];
}

function circuitLines(moves: readonly Move[]): string[] {
  const last = new Map(moves.map((move) => [move.breaker, move]));
  return [...last.values()].map(({ breaker, to, because }) => {
    const colour = to === 'closed' ? 'green' : to === 'open' ? 'red' : 'yellow';
    return `  circuit ${breaker.padEnd(10)}${styleText(colour, to)} ${styleText('dim', `because of ${because.rule}`)}`;
  });
}
