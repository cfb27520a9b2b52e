import { defined, isScalarPlace, kindOf, list, orShort } from '../schema/compound.ts';
import { fields, type Shape, scalar } from '../schema/shape.ts';
import { number, on, oneOf, truth, whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import { share } from '../values/share.ts';
import type { OpenForData, RecoverData, WindowData } from './data.ts';
import { ruleShape, shortDuration } from './rule-shape.ts';

const only = (value: object, name: string): boolean => Object.keys(value).join() === name;

/** The calls over which rules are judged. */
export function windowShape(): Shape<WindowData> {
  const long = kindOf({
    time: {
      value: scalar(duration(), 'The calls of this long a time.'),
      with: {
        buckets: scalar(whole(), 'Into how many parts the time is divided; each is forgotten as a whole. Default 10.'),
        align: scalar(oneOf('epoch', 'first', 'first-tick'), 'Where the parts begin. Default epoch.'),
      },
    },
    count: { value: scalar(whole(), 'The last calls, this many.') },
    tumbling: { value: scalar(duration(), 'All calls since the window was last emptied, which it is this often.') },
  }) as Shape<WindowData>;
  const doc = 'The calls over which rules are judged: those of a time (10s), or { count: 100 }. Default 10s.';
  return shortDuration(
    long,
    doc,
    (time) => ({ time }),
    (value) => (only(value, 'time') ? value.time : undefined),
  );
}

/** How long a circuit stays open. */
export function openForShape(): Shape<OpenForData> {
  const heed = {
    retryAfterMax: scalar(duration(), "The most that a server's Retry-After can lengthen it to."),
    retryAfterOfIgnored: scalar(truth, 'Whether the Retry-After of an ignored call counts too.'),
  };
  const randomized = scalar(share, 'Spreads the wait at random by this share, to both sides.');
  const forgetAfter = scalar(duration('zero'), 'How long it must have been closed before waits start from the first.');
  const max = scalar(duration(), 'The longest wait.');
  const long = kindOf({
    fixed: { value: scalar(duration('zero'), 'The same wait each time.'), with: { randomized, ...heed } },
    exponential: {
      value: scalar(duration(), 'The first wait; each in a row is longer by the factor.'),
      with: {
        factor: scalar(number(1), 'Default 2.'),
        max,
        jitter: scalar(oneOf('equal', 'full', 'decorrelated', 'none'), 'How randomness spreads it. Default equal.'),
        forgetAfter,
        randomized,
        ...heed,
      },
    },
    linear: {
      value: scalar(duration(), 'The first wait; each in a row is longer by as much.'),
      with: { max, jitter: scalar(duration('zero'), 'Up to this much is added at random.'), forgetAfter, ...heed },
    },
    squareRoot: {
      value: orShort(fields({ max }) as Shape, {
        fits: isScalarPlace,
        shape: scalar(on, 'Weighs the cost of a probe against that of noticing a recovery late.'),
        long: () => true,
        short: (value) => (value === true ? true : undefined),
      }),
      with: heed,
    },
  }) as Shape<OpenForData>;
  const doc =
    'How long the circuit stays open before a probe: a duration, or a map such as { exponential: 5s, max: 1m }.';
  return shortDuration(
    long,
    doc,
    (fixed) => ({ fixed }),
    (value) => (only(value, 'fixed') ? value.fixed : undefined),
  );
}

/** How traffic returns. */
export function recoverShape(): Shape<RecoverData> {
  return kindOf({
    probes: {
      value: scalar(whole(), 'How many probes may be in flight at once.'),
      with: {
        successes: scalar(whole(), 'Closes after this many successes. Default: as many as probes.'),
        failures: scalar(whole(), 'Opens again after this many failures. Default 1.'),
        sample: scalar(whole(), 'Decides after this many probes, by the rule; not together with counts.'),
        judge: defined('rule', ruleShape),
        reprobeAfter: scalar(duration(), 'After this long an unsettled probe loses its place.'),
        maxStay: scalar(duration(), 'The longest time half-open.'),
        afterMaxStay: scalar(oneOf('open', 'closed'), 'Where the circuit goes then. Default open.'),
      },
    },
    ramp: {
      value: list(scalar(share), 'The shares of traffic that are let through, one after the other.'),
      with: {
        successes: scalar(whole(), 'Successes that end a stage.'),
        stage: scalar(duration(), 'How long a stage lasts.'),
        minimumCalls: scalar(whole(), 'Calls before a stage is judged.'),
      },
    },
    selfClocked: { value: scalar(on, 'Returns at the pace of the answers, as adaptive mode does.') },
  }) as Shape<RecoverData>;
}
