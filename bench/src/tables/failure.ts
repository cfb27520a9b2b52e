import { failing } from '../measure/loops.ts';
import { howMany, type Pace } from '../measure/pace.ts';
import { costOf, timesOf } from '../measure/rounds.ts';
import { alfred } from '../subjects/alfred.ts';
import { consecutive, sampling } from '../subjects/cockatiel.ts';
import { withoutPercentiles, withPercentiles } from '../subjects/opossum.ts';
import type { Guarded, Subject } from '../subjects/subject.ts';
import { RULE, type Rule } from '../subjects/subject.ts';
import { coarse, counted, exact } from '../subjects/switchgear.ts';
import { bare, observed } from '../subjects/yardsticks.ts';
import { BARE, compare, FAILED, fails, succeeds } from './compare.ts';
import type { Cell, Table } from './table.ts';

const subjects = [
  bare,
  observed,
  exact,
  coarse,
  counted,
  sampling,
  consecutive,
  alfred,
  withPercentiles,
  withoutPercentiles,
];

/** A rule that never opens: it needs nearly all calls to fail, or a billion consecutive failures. */
const NEVER: Rule = { ...RULE, window: 100_000, size: 10_000_000, share: 0.999_999, minimumCalls: 1_000_000_000 };

/** Judged all the same: those who look at a share have their minimum. */
const ruleOf = (subject: Subject): Rule =>
  subject === consecutive || subject === alfred ? NEVER : { ...NEVER, minimumCalls: 1 };

export const failure: Table = {
  id: 'failure',
  title: 'A call that fails, by the calls in the window before it',
  about:
    'Successes first, then failures one after another, each caught. The windows are large enough to hold all of them, and the circuit stays closed, so every failure is judged. x bare is a failing call without a breaker. The last column says whether the stack of an error thrown inside names the caller.',
  async measure(pace) {
    const sizes = pace.rounds > 10 ? [0, 1_000, 10_000, 100_000, 1_000_000] : [0, 10];
    // A first run without a measurement, in which the engine compiles the code for failures.
    await afterCalls(0, pace);
    const found = [];
    for (const size of sizes) found.push(await afterCalls(size, pace));
    const [first] = found;
    const figures: Record<string, number> = { bare: costOf(first as never, BARE).median };
    const rows: Cell[][] = [];
    for (const subject of subjects) {
      const { name } = subject;
      const times = found.map((rounds) => timesOf(rounds, name, BARE).median);
      figures[`${name}: least`] = Math.min(...times);
      figures[`${name}: most`] = Math.max(...times);
      const kept = await keepsCaller(subject);
      figures[`${name}: keeps the caller`] = Number(kept);
      rows.push([name, ...found.map((rounds) => costOf(rounds, name)), Math.max(...times), kept ? 'kept' : 'lost']);
    }
    const last = found.at(-1);
    return {
      columns: ['', ...sizes.map((size) => `ns after ${size.toLocaleString('en')}`), 'x bare, at most', 'caller'],
      rows,
      figures,
      picture: {
        title: `A call that fails, with ${sizes.at(-1)?.toLocaleString('en')} calls in the window`,
        unit: 'ns',
        logarithmic: true,
        bars: subjects.map(({ name }) => ({ name, value: costOf(last as never, name) })),
      },
    };
  },
};

/** One success at least: a window of failures alone would open. */
async function afterCalls(size: number, pace: Pace) {
  const prepare = async ({ call }: Guarded): Promise<void> => {
    for (let i = 0; i <= size; i++) await call(succeeds);
  };
  // The window forgets: what was put into it must still be there at the end.
  const hurried = { ...pace, rounds: howMany(pace, 60, 1), warmUp: howMany(pace, 10, 1) };
  const guarded = subjects.map((subject) => ({ ...subject, make: () => subject.make(ruleOf(subject)) }));
  return compare({ subjects: guarded, loop: failing, action: fails, prepare, finish: stillClosed }, hurried);
}

/** A refusal is quick too, and would pass for a quick failure. */
async function stillClosed({ call }: Guarded, name: string): Promise<void> {
  const ended = await call(fails).catch((error: unknown) => error);
  if (ended !== FAILED) throw new Error(`${name} has opened, and refused calls instead of making them`);
}

async function keepsCaller({ make }: Subject): Promise<boolean> {
  const { call, close } = make(RULE);
  const thrower = async (): Promise<never> => {
    await undefined;
    throw new Error('from inside');
  };
  async function whoMadeTheCall(): Promise<unknown> {
    return await call(thrower);
  }
  const { stack = '' } = (await whoMadeTheCall().catch((error: unknown) => error)) as Error;
  close?.();
  return stack.includes('whoMadeTheCall');
}
