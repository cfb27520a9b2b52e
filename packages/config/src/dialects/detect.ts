import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import { nearest } from '../values/nearest.ts';
import { circuitBreakerBlock } from './circuit-breaker-block.ts';
import type { Dialect, DialectName } from './dialect.ts';
import { envoy } from './envoy.ts';
import { hystrix } from './hystrix.ts';
import { istio } from './istio.ts';
import { optionObjects } from './option-objects.ts';
import { polly } from './polly.ts';
import { resilience4j } from './resilience4j.ts';
import { isOurs, switchgear } from './switchgear.ts';

/** All dialects, in the order in which a document is tried. */
export function dialects(): readonly Dialect[] {
  return [circuitBreakerBlock, resilience4j, hystrix, istio, envoy, polly, ...optionObjects(), switchgear];
}

/** The dialect of some documents, or undefined after a complaint. */
export function dialectOf(
  documents: readonly Place[],
  as: DialectName | undefined,
  account: Account,
): Dialect | undefined {
  if (as !== undefined) return dialects().find(({ name }) => name === as);
  if (documents.some(isOurs)) return switchgear;
  const found = dialects().find((dialect) => documents.some((root) => dialect.fits(root)));
  if (!found && account.problems === 0) account.problem(documents[0] ?? EMPTY, nothingIn(documents));
  return found;
}

const EMPTY: Place = { path: '', key: '' };

const TOPS = ['breakers', 'circuit_breaker', 'resilience4j', 'hystrix', 'outlier_detection', 'CircuitBreaker'];

function nothingIn(documents: readonly Place[]): string {
  if (documents.length === 0) return 'there are no settings in it: it is empty';
  const kinds = documents.flatMap((root) => root.entries?.get('kind')?.value ?? []);
  if (kinds.length > 0)
    return `there are no settings of a circuit breaker in it: it holds ${kinds.join(', ')}, and a DestinationRule would do`;
  const keys = documents.flatMap((root) => [...(root.entries?.keys() ?? [])]);
  const near = keys.flatMap((key) => nearest(key, TOPS) ?? []).at(0);
  const begins =
    near === undefined
      ? `a file of ours begins with breakers, those of others with ${TOPS.slice(1).join(', ')}`
      : `did you mean ${near}?`;
  return `there are no settings of a circuit breaker in it${keys.length > 0 ? `, which has ${keys.slice(0, 5).join(', ')}` : ''}: ${begins}`;
}
