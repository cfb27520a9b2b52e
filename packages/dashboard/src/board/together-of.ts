import type { Together } from '../wire/messages.ts';

/**
 * What the instances say, for the page.
 *
 * @param breaker the only breaker of interest; without it, all circuits that are or were in trouble somewhere
 */
export function togetherOf(sharing: { report(): Together }, breaker: string | undefined): Together {
  const { group, instances, alone, circuits } = sharing.report();
  const shown = circuits.filter((circuit) =>
    breaker === undefined
      ? circuit.state !== 'closed' || circuit.isDissenting || circuit.told.some(({ state }) => state !== 'closed')
      : circuit.breaker === breaker,
  );
  return { group, instances, alone, circuits: shown };
}
