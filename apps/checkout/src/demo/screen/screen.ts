import { now } from '../../process/now.ts';
import { liveCountsOf } from '../measure/answers.ts';
import type { Phase } from '../scenario/phases.ts';
import type { Move, Side, SideName } from '../shops/side.ts';
import { reasonOf } from './circuits.ts';
import { wrap } from './text.ts';

/** Shows the progress of the demo. */
export interface Screen {
  /** Prints a message outside the scenario. */
  note(text: string): void;

  /** The scenario begins. */
  open(scene: Scene): void;

  /** A phase begins. */
  phase(index: number): void;

  /** A circuit changed its state. */
  move(side: SideName, move: Move): void;

  /** The scenario is over or was stopped: nothing is drawn any more. May be called twice. */
  close(): void;
}

/** What is shown while the scenario runs. */
export interface Scene {
  readonly phases: readonly Phase[];
  readonly sides: readonly Pick<Side, 'name' | 'records' | 'moves'>[];

  /** The names of the circuits of the shop with breakers. */
  readonly circuits: readonly string[];

  /** The dashboard's address, which stays visible. */
  readonly dashboardUrl: string;
}

/** One line per event, for files and pipes. */
export function createPlainScreen(write: (line: string) => void): Screen {
  let phases: readonly Phase[] = [];
  let sides: Scene['sides'] = [];
  const sum = () => {
    for (const { name, records } of sides) {
      const { confirmed, queued, refused, failed, waiting } = liveCountsOf(records, now());
      const wait = waiting === null ? '' : `, median wait ${Math.round(waiting)} ms`;
      write(`  ${`${name}:`.padEnd(9)}paid ${confirmed}, queued ${queued}, not accepted ${refused + failed}${wait}`);
    }
  };
  return {
    note: (text) => write(text),
    open(scene) {
      phases = scene.phases;
      sides = scene.sides;
    },
    phase(index) {
      if (index > 0) sum();
      const phase = phases[index];
      if (phase) write(`${phase.title} (${phase.duration / 1_000} s)`);
    },
    move(_side, move) {
      for (const line of wrap(`  circuit ${move.breaker}: ${move.to}, ${reasonOf(move)}`, undefined, '    '))
        write(line);
    },
    close() {
      if (sides.length > 0) sum();
      sides = [];
    },
  };
}
