import { byName, defined, isScalarPlace, type Kind, kindOf, list, orShort } from '../schema/compound.ts';
import { type Shape, scalar } from '../schema/shape.ts';
import { number, on, text, whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import { share } from '../values/share.ts';
import type { RuleData } from './data.ts';

const minimumCalls = (): Shape =>
  scalar(
    whole(),
    'Settled calls in the window before the rule is judged. Default 20, lowered to what the window holds.',
  );
const slowerThan = (): Shape => scalar(duration(), 'A call that takes this long or longer is slow.');

/** Kinds of failure: a list, or weights by kind. */
function counting(): Shape {
  const kinds = list(scalar(text), 'Counts only failures of these kinds: timeout, 503, ECONNREFUSED.');
  const weights = byName(scalar(number(0)), 'Counts failures by weight; any other kind weighs 1.');
  return {
    read: (place, account) => (place.items ? kinds : weights).read(place, account),
    write: (value) => (Array.isArray(value) ? kinds : weights).write(value as never),
    schema: { anyOf: [kinds.schema, weights.schema] },
  };
}

/** The rules of files, by the name of the function that makes each. */
function rules(): Readonly<Record<string, Kind>> {
  const rule = defined('rule', ruleShape);
  const some = list(rule);
  const failures = { minimumCalls: minimumCalls(), counting: counting() };
  return {
    failureRate: { value: scalar(share, 'Opens when this share of the calls in the window failed.'), with: failures },
    failureCount: { value: scalar(whole(), 'Opens at this many failures in the window.'), with: failures },
    slowCallRate: {
      value: scalar(share, 'Opens when this share of the calls in the window was slow.'),
      with: { slowerThan: slowerThan(), minimumCalls: minimumCalls() },
      needs: ['slowerThan'],
    },
    slowCallCount: {
      value: scalar(whole(), 'Opens at this many slow calls in the window.'),
      with: { slowerThan: slowerThan(), minimumCalls: minimumCalls() },
      needs: ['slowerThan'],
    },
    consecutiveFailures: {
      value: scalar(whole(), 'Opens after this many failures without a success between them.'),
      with: { counting: counting() },
    },
    meanLatency: {
      value: scalar(duration(), 'Opens when calls took this long on average.'),
      with: { minimumCalls: minimumCalls() },
    },
    latencyPercentile: {
      value: scalar(share, 'Opens when this percentile of the latencies reaches the limit.'),
      with: { limit: scalar(duration(), 'The latency at which it opens.'), minimumCalls: minimumCalls() },
      needs: ['limit'],
    },
    overdue: {
      value: scalar(whole(), 'Opens when this many calls in flight are overdue, before any has come back.'),
      with: { longerThan: scalar(duration(), 'A call in flight for this long is overdue.') },
      needs: ['longerThan'],
    },
    sustained: {
      value: scalar(duration(), 'Opens when the rule has held for this long.'),
      with: { rule },
      needs: ['rule'],
    },
    cusum: { value: scalar(on, 'Opens when failures can no longer be chance.') },
    watching: { value: scalar(on, 'The rule of adaptive mode: failures that cannot be chance, silence, overload.') },
    anyOf: { value: some },
    allOf: { value: some },
  };
}

let made: Shape<RuleData> | undefined;

/** A rule: a map with the rule's name and its options; a list is any of several. */
export function ruleShape(): Shape<RuleData> {
  made ??= orShort(kindOf(rules()) as Shape<RuleData>, {
    fits: (place) => place.items !== undefined,
    shape: list(defined('rule', ruleShape), 'Opens as soon as any of these would.'),
    long: (anyOf) => ({ anyOf }),
    short: ({ anyOf }) => anyOf,
  });
  return made;
}

/** A duration for `what`, which a map says with options. */
export function shortDuration<T>(
  shape: Shape<T>,
  doc: string,
  long: (ms: number) => T,
  short: (value: T) => number | undefined,
): Shape<T> {
  return orShort(shape, {
    fits: isScalarPlace,
    shape: scalar(duration(), doc),
    long: long as (value: never) => T,
    short,
  });
}
