import { freeBursts } from './free-bursts.ts';
import { freeHabits } from './free-habits.ts';
import { freeQueues } from './free-queues.ts';
import { roughStarts } from './rough-starts.ts';
import type { Workload } from './workload.ts';

/** All of them: first those without a fault, where a breaker can only cost. */
export const workloads: readonly Workload[] = [...freeQueues, ...freeBursts, ...freeHabits, ...roughStarts];
