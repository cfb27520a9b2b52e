import { now } from '../process/now.ts';
import type { Act } from './acts.ts';
import type { Screen } from './screen.ts';
import type { Side } from './side.ts';
import { tallyOf } from './tally.ts';

/** A line for each thing that happens, for files and pipes. */
export function createPlainScreen(write: (line: string) => void): Screen {
  let acts: readonly Act[] = [];
  let sides: readonly Side[] = [];
  const sum = () => {
    for (const { name, records } of sides) {
      const { confirmed, queued, refused, failed, waiting } = tallyOf(records, now());
      const wait = waiting === null ? '' : `, now answered in ${Math.round(waiting)} ms`;
      write(
        `    ${name.padEnd(8)} paid ${confirmed}, queued ${queued}, turned away ${refused}, failed ${failed}${wait}`,
      );
    }
  };
  return {
    note: write,
    open(theActs, theSides) {
      acts = theActs;
      sides = theSides;
    },
    act(index) {
      if (index > 0) sum();
      const act = acts[index];
      if (act) write(`${act.title} (${act.lasting / 1_000} s)`);
    },
    move(side, { breaker, from, to, because }) {
      write(`    ${side.padEnd(8)} circuit ${breaker} went from ${from} to ${to}: ${because.rule}`);
    },
    close() {
      if (sides.length > 0) sum();
      sides = [];
    },
  };
}
