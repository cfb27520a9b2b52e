import type { Trouble } from './endpoint.ts';
import { ENDPOINTS, type TreeScenario } from './world.ts';

function some(count: number, trouble: Trouble): readonly Trouble[] {
  return new Array<Trouble>(count).fill(trouble);
}

/** What goes wrong, for a minute, with some of ten endpoints under half of the load that they can bear. */
export const treeScenarios: readonly TreeScenario[] = [
  { name: 'one endpoint refuses', retries: 0, troubles: some(1, { kind: 'refuses' }) },
  { name: 'one fails half of its calls', retries: 0, troubles: some(1, { kind: 'fails', share: 0.5 }) },
  { name: 'one fails 15 %', retries: 0, troubles: some(1, { kind: 'fails', share: 0.15 }) },
  { name: 'one hangs', retries: 0, troubles: some(1, { kind: 'hangs' }) },
  { name: 'three are ten times slower', retries: 0, troubles: some(3, { kind: 'slow', times: 10 }) },
  { name: 'six refuse', retries: 0, troubles: some(6, { kind: 'refuses' }) },
  { name: 'six refuse, one retry', retries: 1, troubles: some(6, { kind: 'refuses' }) },
  { name: 'all fail 40 %', retries: 0, troubles: some(ENDPOINTS, { kind: 'fails', share: 0.4 }) },
  { name: 'all fail 40 %, one retry', retries: 1, troubles: some(ENDPOINTS, { kind: 'fails', share: 0.4 }) },
];
