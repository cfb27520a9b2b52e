import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData, OpenForData, RecoverData, WindowData } from '../own/data.ts';
import { number, oneOf, text, truth, whole } from '../values/codec.ts';
import { javaDuration } from '../values/duration.ts';
import { kindsOf, lastOf } from '../values/exceptions.ts';
import { percent } from '../values/share.ts';
import type { Row } from './dialect.ts';
import { circuitTable } from './resilience4j-table.ts';
import { Section } from './section.ts';

const STATES = ['CLOSED', 'OPEN', 'HALF_OPEN', 'FORCED_OPEN', 'DISABLED', 'METRICS_ONLY'] as const;

/** Reads one circuit, with resilience4j's defaults for what it leaves out. */
export function readCircuit(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, circuitTable);
  const { window, minimumCalls } = readWindow(of);
  const rate = of.read('failureRateThreshold', percent(0.001)) ?? 0.5;
  const slow = of.read('slowCallRateThreshold', percent(0.001)) ?? 1;
  const slowerThan = of.read('slowCallDurationThreshold', javaDuration()) ?? 60_000;
  const data: BreakerData = {
    openWhen: {
      anyOf: [
        { failureRate: rate, minimumCalls },
        { slowCallRate: slow, slowerThan, minimumCalls },
      ],
    },
    window,
    evaluateOn: 'any',
    openFor: readWait(of),
    recover: readHalfOpen(of),
    ...readInitial(of),
    ...readErrors(of, account),
  };
  of.read('automaticTransitionFromOpenToHalfOpenEnabled', truth);
  of.rest('a circuit breaker of resilience4j');
  return data;
}

function readWindow(of: Section): { window: WindowData; minimumCalls: number } {
  const type = of.read('slidingWindowType', oneOf('COUNT_BASED', 'TIME_BASED')) ?? 'COUNT_BASED';
  const size = of.read('slidingWindowSize', whole()) ?? 100;
  const minimum = of.read('minimumNumberOfCalls', whole()) ?? 100;
  if (type === 'COUNT_BASED') return { window: { count: size }, minimumCalls: Math.min(minimum, size) };
  return { window: { time: size * 1_000, buckets: size, align: 'epoch' }, minimumCalls: minimum };
}

function readWait(of: Section): OpenForData {
  const wait = of.read('waitDurationInOpenState', javaDuration()) ?? 60_000;
  const grows = of.read('enableExponentialBackoff', truth) ?? false;
  const spreads = of.read('enableRandomizedWait', truth) ?? false;
  const unused = (name: string, by: string, isUsed: boolean) => {
    if (!isUsed) of.note(name, 'not carried', `has no effect without ${by}: true`);
  };
  unused('exponentialBackoffMultiplier', 'enableExponentialBackoff', grows);
  unused('exponentialMaxWaitDurationInOpenState', 'enableExponentialBackoff', grows);
  unused('randomizedWaitFactor', 'enableRandomizedWait', spreads);
  const factor = of.read('exponentialBackoffMultiplier', number(1)) ?? 1.5;
  const max = of.read('exponentialMaxWaitDurationInOpenState', javaDuration());
  const randomized = of.read('randomizedWaitFactor', number(0, 1)) ?? 0.5;
  if (grows && spreads) of.problem('enableRandomizedWait', 'cannot be true together with enableExponentialBackoff');
  if (grows) return { exponential: wait, factor, max: Math.max(max ?? LONGEST, wait), jitter: 'none' };
  return { fixed: wait, ...(spreads && randomized > 0 && { randomized }) };
}

/** Without a limit, waits grow until no process lives that long: a year. */
const LONGEST = 365 * 86_400_000;

function readHalfOpen(of: Section): RecoverData {
  const permitted = of.read('permittedNumberOfCallsInHalfOpenState', whole()) ?? 10;
  const maxStay = of.read('maxWaitDurationInHalfOpenState', javaDuration()) ?? 0;
  if (maxStay === 0)
    of.note(
      'transitionToStateAfterWaitDuration',
      'not carried',
      'has no effect without maxWaitDurationInHalfOpenState',
    );
  const to = of.read('transitionToStateAfterWaitDuration', oneOf('OPEN', 'CLOSED'));
  const afterMaxStay = to && (to.toLowerCase() as 'open' | 'closed');
  return {
    probes: permitted,
    sample: permitted,
    ...(maxStay > 0 && { maxStay, afterMaxStay: afterMaxStay ?? 'open' }),
  };
}

function readInitial(of: Section): Pick<BreakerData, 'mode' | 'initialState'> {
  const state = of.read('initialState', oneOf(...STATES));
  switch (state) {
    case 'OPEN':
      return { initialState: 'open' };
    case 'HALF_OPEN':
      return { initialState: 'half-open' };
    case 'FORCED_OPEN':
      return { mode: 'isolated' };
    case 'DISABLED':
      return { mode: 'disabled' };
    case 'METRICS_ONLY':
      return { mode: 'shadow' };
    default:
      return {};
  }
}

function readErrors(of: Section, account: Account): Pick<BreakerData, 'errors'> {
  const named = (field: string) => {
    const names = of.items(field).flatMap((place) => {
      account.note(place, ...(circuitTable[field] as Row));
      return text.read(place.value)?.split(/\s*,\s*/) ?? [];
    });
    return [...new Set(names.flatMap((name) => [lastOf(name), ...(kindsOf(name) ?? [])]))];
  };
  const [failures, ignored] = [named('recordExceptions'), named('ignoreExceptions')];
  if (failures.length + ignored.length === 0) return {};
  return { errors: { ...(ignored.length > 0 && { ignored }), ...(failures.length > 0 && { failures }) } };
}
