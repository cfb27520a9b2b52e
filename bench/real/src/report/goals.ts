import { byDefault } from '../policies/ours.ts';
import { median, type Results, shown } from './results.ts';

/** What our default has to reach. */
interface Goal {
  readonly text: string;
  readonly scene: string;
  readonly figure: string;
  readonly atMost: number;

  /** Whether each round has to reach it. For the others the median counts, because other work on the machine disturbs rounds. */
  readonly always?: true;
}

const goals: readonly Goal[] = [
  { text: 'refused, 500 requests at once, all well', scene: 'bursts', figure: 'refused', atMost: 0, always: true },
  { text: 'refused, event loop stalls, all well', scene: 'stalls', figure: 'refused', atMost: 0, always: true },
  {
    text: 'refused, fifty queries at once, all well',
    scene: 'postgres-fifty',
    figure: 'refused',
    atMost: 0,
    always: true,
  },
  { text: 'moves, fifty queries at once, all well', scene: 'postgres-fifty', figure: 'moves', atMost: 0, always: true },
  { text: 'cost over no breaker, too much traffic', scene: 'overload', figure: 'ratio', atMost: 0.35 },
  { text: 'cost over no breaker, smaller service overloaded', scene: 'overload-small', figure: 'ratio', atMost: 0.35 },
  { text: 'cost over no breaker, service hangs', scene: 'stopped', figure: 'ratio', atMost: 0.65 },
  { text: 'cost over no breaker, service killed', scene: 'killed', figure: 'ratio', atMost: 0.95 },
  {
    text: 'PostgreSQL hangs: open after the first time-out, ms',
    scene: 'postgres-stopped',
    figure: 'reactedAfterFailure',
    atMost: 1_000,
  },
  { text: 'PostgreSQL hangs: closed after the return, ms', scene: 'postgres-stopped', figure: 'closed', atMost: 1_000 },
  {
    text: 'failing calls until open, one call a second',
    scene: 'one-a-second',
    figure: 'untilOpen',
    atMost: 5,
    always: true,
  },
];

/** The rows of a table of goals. */
export function goalRows(results: Results): string[][] {
  return goals.map(({ text, scene, figure, atMost, always }) => {
    const values = results.values(scene, byDefault.name, figure);
    const found = always ? Math.max(...values) : median(values);
    return [text, `${atMost.toLocaleString('en')}`, shown(values), found <= atMost ? 'met' : '**missed**'];
  });
}
