import { type Figure, figures, say } from './figure.ts';
import type { Figures, Parts } from './parts.ts';

/** What was counted, and the waiting that follows from it. */
export function countedFigures(
  parts: Parts,
): Pick<Figures, 'callsSpared' | 'waitingAvoided' | 'fallbackSuccess' | 'meanTimeToRecovery'> {
  const waitingAvoided = waiting(parts);
  const fallbackSuccess = fallback(parts);
  const meanTimeToRecovery = recovery(parts);
  return {
    callsSpared: spared(parts),
    ...(waitingAvoided && { waitingAvoided }),
    ...(fallbackSuccess && { fallbackSuccess }),
    ...(meanTimeToRecovery && { meanTimeToRecovery }),
  };
}

function spared({ tally }: Parts): Figure {
  return {
    title: 'Calls spared',
    meaning: 'Calls that circuits refused at once and the dependency never saw, without those an operator isolated.',
    formula: `refusals counted = ${figures(tally.spared, 0)}`,
    unit: 'calls',
    low: tally.spared,
    high: tally.spared,
  };
}

function waiting({ tally, unknown }: Parts): Figure | undefined {
  const title = 'Waiting avoided';
  if (!tally.isWaitingKnown) {
    unknown.push({ title, why: 'no call was measured' });
    return undefined;
  }
  const { spared, sparedAtBest, waitingIfAllFailed: ifAllFailed, waitingAtBest: atBest } = tally;
  return {
    title,
    meaning: 'Time that callers would have spent on the spared calls, had each lasted as long as such calls do.',
    formula:
      `all ${figures(spared, 0)} as long as a failed call: ${say({ unit: 'ms', low: ifAllFailed, high: ifAllFailed })}; ` +
      `${figures(sparedAtBest, 0)} of them as long as a success: ${say({ unit: 'ms', low: atBest, high: atBest })}`,
    unit: 'ms',
    low: Math.min(ifAllFailed, atBest),
    high: Math.max(ifAllFailed, atBest),
  };
}

function fallback({ tally: { served, unserved }, unknown }: Parts): Figure | undefined {
  const title = 'Fallbacks that had an answer';
  if (served === undefined) unknown.push({ title, why: 'no fallback is counted; the option fallbacks tells of them' });
  else if (unserved === undefined)
    unknown.push({ title, why: 'calls that a fallback had no answer for are not counted' });
  else if (served + unserved === 0) unknown.push({ title, why: 'no fallback was asked' });
  if (served === undefined || unserved === undefined || served + unserved === 0) return undefined;
  const share = served / (served + unserved);
  return {
    title,
    meaning: 'Share of the failed and refused calls asked of a fallback for which it had an answer.',
    formula: `${figures(served, 0)} ÷ (${figures(served, 0)} + ${figures(unserved, 0)})`,
    unit: 'share',
    low: share,
    high: share,
  };
}

function recovery({ tally: { recoveries, recoveryTime }, unknown }: Parts): Figure | undefined {
  const title = 'Mean time to recovery';
  if (recoveries === 0) {
    unknown.push({ title, why: 'no circuit has opened and closed again' });
    return undefined;
  }
  const mean = recoveryTime / recoveries;
  return {
    title,
    meaning: 'Time from the move away from closed to the move back to closed, on average.',
    formula: `${say({ unit: 'ms', low: recoveryTime, high: recoveryTime })} ÷ ${figures(recoveries, 0)} ${recoveries === 1 ? 'recovery' : 'recoveries'}`,
    unit: 'ms',
    low: mean,
    high: mean,
  };
}
