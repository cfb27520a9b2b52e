import { now } from '../../process/now.ts';
import { liveCountsOf } from '../measure/answers.ts';
import type { Phase } from '../scenario/phases.ts';
import type { Move, Side, SideName } from '../shops/side.ts';

/** Shows the progress of the demo. */
export interface Screen {
  /** Prints a message outside the scenario. */
  note(text: string): void;

  /** The scenario begins. The dashboard's address stays visible. */
  open(phases: readonly Phase[], sides: readonly Side[], dashboardUrl: string): void;

  /** A phase begins. */
  phase(index: number): void;

  /** A circuit changed its state. */
  move(side: SideName, move: Move): void;

  /** The scenario is over or was stopped: nothing is drawn any more. May be called twice. */
  close(): void;
}

/** One line per event, for files and pipes. */
export function createPlainScreen(write: (line: string) => void): Screen {
  let phases: readonly Phase[] = [];
  let sides: readonly Side[] = [];
  const sum = () => {
    for (const { name, records } of sides) {
      const { confirmed, queued, refused, failed, waiting } = liveCountsOf(records, now());
      const wait = waiting === null ? '' : `, median wait ${Math.round(waiting)} ms`;
      write(`    ${name.padEnd(8)} paid ${confirmed}, queued ${queued}, refused ${refused}, failed ${failed}${wait}`);
    }
  };
  return {
    note: write,
    open(thePhases, theSides) {
      phases = thePhases;
      sides = theSides;
    },
    phase(index) {
      if (index > 0) sum();
      const phase = phases[index];
      if (phase) write(`${phase.title} (${phase.duration / 1_000} s)`);
    },
    move(side, { breaker, from, to, because }) {
      write(`    ${side.padEnd(8)} circuit ${breaker}: ${from} → ${to} (${because.rule})`);
    },
    close() {
      if (sides.length > 0) sum();
      sides = [];
    },
  };
}
