import type { Provider } from './payment.ts';

/** How often something else stood in for a provider that failed or was left alone: the queue, or the other provider. */
export type StandIns = Record<Provider, number>;

/** Nothing has had to stand in yet. */
export function noStandIns(): StandIns {
  return { payments: 0, alternative: 0 };
}
