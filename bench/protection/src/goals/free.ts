import type { Figures } from '../figures/figures.ts';
import { cellOf } from '../scenarios/scenario.ts';
import type { Wanted } from '../scenarios/workload.ts';
import { workloads } from '../scenarios/workloads.ts';
import type { Goal } from './goal.ts';
import { costOver, mostOver } from './measures.ts';

const none = (): string => 'none';

/** Workloads without a fault of which exactly this is wanted. */
function cellsOf(wanted: keyof Wanted, limit: number): string[] {
  return workloads
    .filter((each) => each.scenario.faults.length === 0 && each.wanted[wanted] === limit)
    .map(({ scenario }) => cellOf(scenario));
}

function overNone(what: string, atMost: number): Goal {
  return { number: 13, what, atMost, unit: 'x', of: costOver(cellsOf('overNone', atMost), none) };
}

function most(what: string, wanted: keyof Wanted, atMost: number, figure: keyof Figures): Goal {
  return { number: 13, what, atMost, unit: '', of: mostOver(cellsOf(wanted, atMost), figure) };
}

/** Without a fault a breaker can only cost. */
export const free: readonly Goal[] = [
  overNone('cost over no breaker without a fault, worst workload', 1.05),
  overNone('cost over no breaker in bursts on top of traffic, worst', 1.08),
  overNone('cost over no breaker if failures come in runs or are retried, worst', 1.12),
  most('refused of 1,000 in bursts, jobs, ticks and stalls without a fault, most', 'refused', 0, 'falseRefusals'),
  most('times a day that a queue of exponential work is limited, up to 75 % busy', 'limited', 3, 'limited'),
  most('times a day that a queue of other work is limited, up to 75 % busy', 'limited', 20, 'limited'),
];
