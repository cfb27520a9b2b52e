import type { RuleData } from '../own/data.ts';
import { number } from '../values/codec.ts';
import { withUnit } from '../values/duration.ts';
import { percent } from '../values/share.ts';
import type { Section } from './section.ts';

/** The rules of `failure_criteria`. */
export function readCriteria(section: Section | undefined, limits: object): RuleData[] {
  const rate = section?.read('error_rate', percent(0.001));
  const slow = section?.read('slow_call_rate', percent(0.001));
  const slowerThan = section?.read('slow_call_duration', withUnit);
  if (slow !== undefined && slowerThan === undefined && !section?.at('slow_call_duration'))
    section?.problem('slow_call_rate', 'needs slow_call_duration beside it: from when on a call is slow');
  section?.rest('failure_criteria');
  return [
    ...(rate === undefined ? [] : [{ failureRate: rate, ...limits }]),
    ...(slow === undefined || slowerThan === undefined ? [] : [{ slowCallRate: slow, slowerThan, ...limits }]),
  ];
}

/** The rules of `thresholds`. */
export function readThresholds(section: Section | undefined, limits: object): RuleData[] {
  const rate = section?.read('failure_rate', percent(0.001));
  const time = section?.read('response_time', withUnit);
  const count = section?.read('error_count', number(1));
  section?.rest('thresholds');
  return [
    ...(rate === undefined ? [] : [{ failureRate: rate, ...limits }]),
    ...(time === undefined ? [] : [{ meanLatency: time, ...limits }]),
    ...(count === undefined ? [] : [{ failureCount: count }]),
  ];
}
