import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData } from '../own/data.ts';
import { number, truth, whole } from '../values/codec.ts';
import { durationText, unitDuration } from '../values/duration.ts';
import { CHANCE, outlierTable } from './envoy-tables.ts';
import { ejectingBreaker, type Outliers } from './outliers.ts';
import { Section } from './section.ts';

/** Envoy's outlier detection as settings of a breaker, with Envoy's defaults for what it leaves out. */
export function readOutliers(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, outlierTable);
  const gateway = row(of, 'consecutive_gateway_failure', 'enforcing_consecutive_gateway_failure', 0);
  const every = row(of, 'consecutive_5xx', 'enforcing_consecutive_5xx', 100);
  const split = of.read('split_external_local_origin_errors', truth) ?? false;
  if (!split) withoutSplit(of);
  const local = row(of, 'consecutive_local_origin_failure', 'enforcing_consecutive_local_origin_failure', 100);
  const percentage = readPercentage(of);
  if (percentage) of.note('interval', 'carried', '');
  const outliers: Outliers = {
    consecutive5xx: every,
    consecutiveGateway: gateway,
    consecutiveLocal: split ? local : 0,
    split,
    ...(percentage && { percentage }),
    ...readWaits(of),
  };
  of.rest('outlier_detection');
  const data = ejectingBreaker(outliers);
  if (data.mode) account.remark(place, 'approximated', 'nothing here is enforced, so the breaker is disabled');
  else account.remark(place, 'approximated', 'an endpoint comes back at once after its time; here one call asks first');
  return data;
}

/** A number of failures in a row; 0 if it is switched off. */
function row(of: Section, name: string, enforcing: string, byDefault: number): number {
  const chance = readChance(of, enforcing) ?? byDefault;
  if (chance === 0) of.note(name, 'not carried', `has no effect while ${enforcing} is 0`);
  const failures = of.read(name, whole(0)) ?? 5;
  return chance === 0 ? 0 : failures;
}

function readChance(of: Section, name: string): number | undefined {
  const value = Number(of.at(name)?.value);
  if (value > 0 && value < 100) of.note(name, 'approximated', CHANCE);
  return of.read(name, number(0, 100));
}

function withoutSplit(of: Section): void {
  const why = 'has no effect without split_external_local_origin_errors: true';
  for (const name of ['consecutive_local_origin_failure', 'enforcing_consecutive_local_origin_failure'])
    of.note(name, 'not carried', why);
}

function readPercentage(of: Section): Outliers['percentage'] {
  const chance = readChance(of, 'enforcing_failure_percentage') ?? 0;
  if (chance === 0) {
    for (const name of ['failure_percentage_threshold', 'failure_percentage_request_volume'])
      of.note(name, 'not carried', 'has no effect while enforcing_failure_percentage is 0');
  }
  const limit = of.read('failure_percentage_threshold', number(0, 100)) ?? 85;
  const calls = of.read('failure_percentage_request_volume', whole(0)) ?? 50;
  return chance === 0 || limit === 0 ? undefined : { share: limit / 100, calls: Math.max(1, calls) };
}

function readWaits(of: Section): Pick<Outliers, 'interval' | 'base' | 'max' | 'jitter'> {
  const interval = of.read('interval', unitDuration()) ?? 10_000;
  const base = of.read('base_ejection_time', unitDuration()) ?? 30_000;
  const given = of.read('max_ejection_time', unitDuration());
  if (given !== undefined && given < base)
    of.problem(
      'max_ejection_time',
      `must be at least base_ejection_time (${durationText(base)}), got ${durationText(given)}`,
    );
  const jitter = of.read('max_ejection_time_jitter', unitDuration('zero')) ?? 0;
  return { interval, base, max: Math.max(given ?? 300_000, base), jitter };
}
