import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData } from '../own/data.ts';
import { truth, whole } from '../values/codec.ts';
import { unitDuration } from '../values/duration.ts';
import { readBudget } from './envoy-thresholds.ts';
import { httpPoolTable, istioOutlierTable, tcpPoolTable, trafficTable } from './istio-tables.ts';
import { ejectingBreaker } from './outliers.ts';
import { Section } from './section.ts';

/** The blocks of a traffic policy that concern a breaker. A subset replaces whole blocks. */
export interface Policy {
  readonly place?: Place;
  readonly outlierDetection?: Place;
  readonly connectionPool?: Place;
  readonly retryBudget?: Place;
}

/** The blocks of a traffic policy. The rest of it is noted. */
export function policyOf(place: Place | undefined, account: Account): Policy {
  if (!place?.entries) return {};
  const of = new Section(place, account, trafficTable);
  const block = (name: 'outlierDetection' | 'connectionPool' | 'retryBudget') => {
    const found = of.at(name);
    return found?.entries ? { [name]: found } : {};
  };
  for (const name of ['loadBalancer', 'tls', 'tunnel', 'proxyProtocol'])
    of.note(name, ...(trafficTable[name] as NonNullable<(typeof trafficTable)[string]>));
  return { place, ...block('outlierDetection'), ...block('connectionPool'), ...block('retryBudget') };
}

/** A traffic policy as settings of a breaker. */
export function dataOf(policy: Policy, account: Account): BreakerData {
  const { place, outlierDetection, connectionPool, retryBudget } = policy;
  if (place && !outlierDetection)
    account.remark(place, 'approximated', 'has no outlierDetection, so the breaker has the defaults of this library');
  const pool = connectionPool ? readPool(connectionPool, account) : {};
  const budget =
    retryBudget &&
    readBudget(new Section({ ...retryBudget, entries: new Map([['retryBudget', retryBudget]]) }, account, {}), account);
  return {
    ...(outlierDetection && readOutlierDetection(outlierDetection, account)),
    ...pool,
    ...(budget && { retryBudget: budget }),
  };
}

/** Istio's outlier detection. It switches success rate off, and has no limits of its own but these. */
function readOutlierDetection(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, istioOutlierTable);
  const split = of.read('splitExternalLocalOriginErrors', truth) ?? false;
  if (!split)
    of.note(
      'consecutiveLocalOriginFailures',
      'not carried',
      'has no effect without splitExternalLocalOriginErrors: true',
    );
  const consecutive5xx = of.read('consecutive5xxErrors', whole(0)) ?? 5;
  const consecutiveGateway = of.read('consecutiveGatewayErrors', whole(0)) ?? 0;
  const local = of.read('consecutiveLocalOriginFailures', whole(0)) ?? 5;
  const interval = of.read('interval', unitDuration()) ?? 10_000;
  const base = of.read('baseEjectionTime', unitDuration()) ?? 30_000;
  of.rest('outlierDetection');
  const limits = { consecutive5xx, consecutiveGateway, consecutiveLocal: split ? local : 0, split };
  const data = ejectingBreaker({ ...limits, interval, base, max: Math.max(300_000, base), jitter: 0 });
  if (data.mode) account.remark(place, 'approximated', 'no rule is on, so the breaker is disabled');
  else account.remark(place, 'approximated', 'an endpoint comes back at once after its time; here one call asks first');
  return data;
}

function readPool(place: Place, account: Account): BreakerData {
  const pool = new Section(place, account, { http: ['carried', ''], tcp: ['carried', ''] });
  pool.section('tcp', tcpPoolTable)?.rest('connectionPool.tcp');
  const http = pool.section('http', httpPoolTable);
  if (http?.at('http2MaxRequests') || http?.at('http1MaxPendingRequests'))
    account.remark(
      http.place,
      'approximated',
      'these are bulkheads, not breakers: limits on calls at once, which open nothing',
    );
  const concurrent = http?.read('http2MaxRequests', whole());
  const queue = http?.read('http1MaxPendingRequests', whole(0));
  const retries = http?.read('maxRetries', whole(0));
  http?.rest('connectionPool.http');
  pool.rest('connectionPool');
  // Envoy's own limit, where only that of those who wait is given.
  const places = concurrent ?? (queue === undefined ? undefined : 1_024);
  return {
    ...(places !== undefined && { bulkhead: { concurrent: places, ...(queue !== undefined && { queue }) } }),
    ...(retries && { retryBudget: { burst: retries } }),
  };
}
