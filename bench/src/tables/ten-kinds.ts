import {
  anyOf,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  failureCount,
  failureRate,
  latencyPercentile,
  meanLatency,
  rule,
  slowCallRate,
  sustained,
  tumblingWindow,
} from '@switchgear/core';
import { inTurn } from '../measure/loops.ts';
import { howMany } from '../measure/pace.ts';
import { sampling } from '../subjects/cockatiel.ts';
import { coarse, counted, exact, exactFailures } from '../subjects/switchgear.ts';
import { bare, observed } from '../subjects/yardsticks.ts';
import { compare, compared, fails, isSound, succeeds } from './compare.ts';
import type { Table } from './table.ts';

const subjects = [bare, observed, exact, exactFailures, coarse, counted, sampling];

/** Ten that differ in the plugs they have, one of them written by a user. */
const KINDS: readonly Omit<BreakerOptions, 'name'>[] = [
  { openWhen: failureCount(1_000_000) },
  { openWhen: consecutiveFailures(1_000_000) },
  { openWhen: slowCallRate(1, { slowerThan: 10_000 }), window: countWindow(50) },
  { openWhen: meanLatency(10_000) },
  { openWhen: latencyPercentile(0.99, 10_000) },
  { openWhen: failureRate(1), window: tumblingWindow(1_000) },
  { openWhen: anyOf(failureCount(1_000_000), consecutiveFailures(1_000_000)), window: countWindow(1_000_000) },
  { openWhen: sustained(failureRate(1), 10_000) },
  { openWhen: failureRate(1), evaluateOn: 'any', classify: () => undefined },
  { openWhen: rule({ judge: ({ calls }) => (calls < 0 ? { rule: 'never' } : undefined) }) },
];

export const tenKinds: Table = {
  id: 'ten-kinds',
  title: 'The same with ten kinds of plugs alive in the process',
  about:
    'Before the measurement, ten of our breakers with different plugs have each made thousands of calls, some of which failed, so the engine cannot specialise on one kind.',
  sound: isSound,
  async measure(pace) {
    const breakers = KINDS.map((kind, i) => createBreaker({ name: `kind ${i}`, ...kind }));
    for (let i = 0; i < howMany(pace, 20_000, 50); i++) {
      for (const breaker of breakers) await breaker.run(i % 50 === 1 ? fails : succeeds).catch(() => undefined);
    }
    const turned = breakers.filter(({ state }) => state !== 'closed');
    if (turned.length > 0) throw new Error(`${turned[0]?.name} is ${turned[0]?.state} and no longer at work`);
    return compared(subjects, await compare({ subjects, loop: inTurn, action: succeeds }, pace));
  },
};
