import type { BreakerData } from '../own/data.ts';
import { durationText } from '../values/duration.ts';
import type { ExportNotes } from './export-notes.ts';
import { circuitProperties } from './resilience4j-circuit.ts';

const NOT_THERE: Readonly<Record<string, string>> = {
  preset: 'a preset is adaptive mode with limits beside it; resilience4j has no such mode',
  adaptive: 'resilience4j has no such mode',
  permitTimeout: 'a permit that is not given back is lost there',
  errors: 'names of errors here are not classes of Java',
  deadline: 'there is no deadline for several calls',
  retryBudget: 'retries there have no budget',
  fallback: 'a fallback is code there',
  healthProbe: 'there are no pings there',
};

/** Settings as Spring Boot reads them for resilience4j. `rest` is for every other name. */
export function resilience4jInstances(
  named: readonly (readonly [name: string, data: BreakerData])[],
  rest: BreakerData | undefined,
  notesFor: (name: string) => ExportNotes,
): object {
  const circuits: Record<string, object> = {};
  const limiters: Record<string, object> = {};
  const bulkheads: Record<string, object> = {};
  for (const [name, data] of named) {
    const notes = notesFor(name);
    notes.drop(data, NOT_THERE);
    circuits[name] = circuitProperties(data, notes);
    if (data.timeout !== undefined) limiters[name] = { timeoutDuration: durationText(data.timeout) };
    if (data.bulkhead) bulkheads[name] = bulkheadOf(data.bulkhead, notes);
  }
  const configs = rest && { configs: { default: circuitProperties(rest, notesFor('/.*/')) } };
  return {
    resilience4j: {
      circuitbreaker: { ...configs, instances: circuits },
      ...(Object.keys(limiters).length > 0 && { timelimiter: { instances: limiters } }),
      ...(Object.keys(bulkheads).length > 0 && { bulkhead: { instances: bulkheads } }),
    },
  };
}

function bulkheadOf(
  { concurrent, queue = 0, queueFor = 1_000 }: NonNullable<BreakerData['bulkhead']>,
  notes: ExportNotes,
): object {
  if (queue > 0 && queue !== concurrent) notes.add('bulkhead.queue', 'approximated', 'any number may wait there');
  return { maxConcurrentCalls: concurrent, maxWaitDuration: queue > 0 ? durationText(queueFor) : '0ms' };
}
