import { byName, defined, isScalarPlace, list, orShort } from '../schema/compound.ts';
import { fields, type JsonSchema, type Shape, type Shapes, scalar } from '../schema/shape.ts';
import { on, oneOf, text, whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import { share } from '../values/share.ts';
import type { BreakerData, FileData } from './data.ts';
import { OTHERS } from './hints.ts';
import { openForShape, recoverShape, windowShape } from './plug-shapes.ts';
import { ruleShape } from './rule-shape.ts';

/** The names of the presets. */
export const PRESETS = ['microservice', 'database', 'externalApi', 'payments', 'realtime'] as const;

function options(): Shapes {
  return {
    preset: scalar(oneOf(...PRESETS), 'The options of a preset; options beside it replace its own.'),
    adaptive: orShort(
      fields({ breakEven: scalar(share, 'The failure rate at which calls no longer pay. Default 50%.') }) as Shape,
      {
        fits: isScalarPlace,
        shape: scalar(on, 'Adaptive mode, which is the default: no numbers, it learns what is normal.'),
        long: () => true,
        short: (value) => (value === true ? true : undefined),
      },
    ),
    openWhen: { ...ruleShape(), schema: { description: 'When a closed circuit opens.', $ref: '#/$defs/rule' } },
    window: windowShape(),
    evaluateOn: scalar(
      oneOf('failure', 'any'),
      'When the rule is judged: after failures and slow calls, or after any. Default failure.',
    ),
    openFor: openForShape(),
    recover: recoverShape(),
    permitTimeout: scalar(duration(), 'After this long the place of an unsettled permit is reclaimed. Default 30s.'),
    errors: fields(
      {
        ignored: list(scalar(text), 'Names or codes of errors that say nothing about the dependency.'),
        failures: list(scalar(text), 'Names or codes of the only errors that are failures.'),
      },
      'What errors mean, by name or code, for run and wrap.',
    ),
    mode: scalar(
      oneOf('active', 'isolated', 'disabled', 'shadow'),
      'isolated refuses all calls, disabled none and counts nothing, shadow refuses none and says what it would do.',
    ),
    initialState: scalar(oneOf('closed', 'open', 'half-open'), 'The state it begins in. Default closed.'),
    timeout: scalar(duration(), 'The time limit of a call.'),
    deadline: fields(
      {
        limit: scalar(duration(), 'For calls that bring no deadline of their own.'),
        keep: scalar(duration('zero'), 'How much of the time is kept for the answer. Default 0.'),
      },
      'The time that is left for a request, over all its calls.',
    ),
    bulkhead: orShort(bulkhead(), {
      fits: isScalarPlace,
      shape: scalar(whole(), 'How many calls may run at once.'),
      long: (concurrent: number) => ({ concurrent }),
      short: (value) => (Object.keys(value).join() === 'concurrent' ? value['concurrent'] : undefined),
    }),
    retryBudget: fields(
      {
        share: scalar(share, 'Retries as a share of calls. Default 20%.'),
        burst: scalar(whole(), 'Retries that are allowed at once. Default 10.'),
      },
      'How many retries are allowed.',
    ),
    fallback: fields(
      {
        cached: fields(
          {
            maxAge: scalar(duration(), 'How old an answer may be.'),
            limit: scalar(duration(), 'How long the store may take.'),
          },
          'Serves the last good answer.',
        ),
      },
      'What is served when a call fails or is refused.',
    ),
    healthProbe: fields(
      {
        every: scalar(duration(), 'From the end of one ping to the next. Default 30s.'),
        pingFor: scalar(duration(), 'How long a ping may take. Default 5s.'),
        unhealthyAfter: scalar(whole(), 'Failed pings in a row that make it unhealthy. Default 3.'),
        whenUnhealthy: scalar(
          oneOf('mark', 'trip'),
          'Whether that only is reported, or opens the circuit. Default mark.',
        ),
      },
      'Pings beside the traffic. The program says what a ping is.',
    ),
  };
}

function bulkhead(): Shape<Readonly<Record<string, unknown>>> {
  return fields(
    {
      concurrent: scalar(whole(), 'How many calls may run at once.'),
      queue: scalar(whole(0), 'How many may wait. Default 0.'),
      queueFor: scalar(duration(), 'How long one may wait. Default 1s.'),
      reclaimAfter: scalar(duration(), 'After this long the place of a call that has not ended is reclaimed.'),
    },
    'A limit on calls at once.',
  );
}

let made: Shape<BreakerData> | undefined;

/** All options of one breaker. */
export function breakerShape(): Shape<BreakerData> {
  made ??= orNothing(fields(options(), 'One breaker and the policies around it.', OTHERS) as Shape<BreakerData>);
  return made;
}

/** `search:` with nothing behind it is a breaker with the defaults. */
function orNothing(shape: Shape<BreakerData>): Shape<BreakerData> {
  return {
    ...shape,
    read(place, account) {
      if (place.value !== null || place.entries || place.items) return shape.read(place, account);
      account.carry(place);
      return {};
    },
    schema: { ...shape.schema, type: ['object', 'null'] },
  };
}

/** The names of all options. */
export function optionNames(): readonly string[] {
  return Object.keys(breakerShape().schema['properties'] as JsonSchema);
}

/** A whole file: `breakers` by name or `/pattern/`, and `defaults` for all of them. */
export function fileShape(): Shape<FileData> {
  return fields(
    {
      $schema: scalar(text, 'Where editors find this schema.'),
      defaults: defined('breaker', breakerShape),
      breakers: byName(
        defined('breaker', breakerShape),
        'Breakers by name, or by a /pattern/ for names. The first that fits is used.',
      ),
    },
    'Settings of circuit breakers, for @switchgear/config.',
  ) as Shape<unknown> as Shape<FileData>;
}
