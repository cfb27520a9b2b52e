import { type Figure, type Figures, figures, type Parts, say } from './figure.ts';

/** The counted figures, and the waiting time derived from them. */
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
    meaning:
      'Calls refused by a circuit, which never reached the dependency. Refusals by isolated breakers are not counted.',
    formula: `refusals counted = ${figures(tally.spared, 0)}`,
    unit: 'calls',
    low: tally.spared,
    high: tally.spared,
  };
}

function waiting({ tally, unknown }: Parts): Figure | undefined {
  const title = 'Waiting avoided';
  if (!tally.isWaitingKnown) {
    unknown.push({ title, why: 'no call duration was measured' });
    return undefined;
  }
  const { spared, sparedAtBest, waitingIfAllFailed: ifAllFailed, waitingAtBest: atBest } = tally;
  return {
    title,
    meaning:
      'Time that callers would have waited for the spared calls, at the mean duration of failed and successful calls.',
    formula:
      `all ${figures(spared, 0)} at the mean of failed calls: ${say({ unit: 'ms', low: ifAllFailed, high: ifAllFailed })}; ` +
      `${figures(sparedAtBest, 0)} of them at the mean of successful calls: ${say({ unit: 'ms', low: atBest, high: atBest })}`,
    unit: 'ms',
    low: Math.min(ifAllFailed, atBest),
    high: Math.max(ifAllFailed, atBest),
  };
}

function fallback({ tally: { served, unserved }, unknown }: Parts): Figure | undefined {
  const title = 'Fallback success rate';
  if (served === undefined) unknown.push({ title, why: 'fallbacks are not counted; set the option fallbacks' });
  else if (unserved === undefined) unknown.push({ title, why: 'failed fallbacks are not counted' });
  else if (served + unserved === 0) unknown.push({ title, why: 'no fallback was used' });
  if (served === undefined || unserved === undefined || served + unserved === 0) return undefined;
  const share = served / (served + unserved);
  return {
    title,
    meaning: 'Share of the calls passed to a fallback that it could answer.',
    formula: `${figures(served, 0)} ÷ (${figures(served, 0)} + ${figures(unserved, 0)})`,
    unit: 'share',
    low: share,
    high: share,
  };
}

function recovery({ tally: { recoveries, recoveryTime }, unknown }: Parts): Figure | undefined {
  const title = 'Mean time to recovery';
  if (recoveries === 0) {
    unknown.push({ title, why: 'no circuit has opened and closed again yet' });
    return undefined;
  }
  const mean = recoveryTime / recoveries;
  return {
    title,
    meaning: 'Mean time from leaving closed to closing again.',
    formula: `${say({ unit: 'ms', low: recoveryTime, high: recoveryTime })} ÷ ${figures(recoveries, 0)} ${recoveries === 1 ? 'recovery' : 'recoveries'}`,
    unit: 'ms',
    low: mean,
    high: mean,
  };
}
