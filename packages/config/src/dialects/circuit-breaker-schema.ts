import { list } from '../schema/compound.ts';
import { fields, type JsonSchema, scalar } from '../schema/shape.ts';
import { text, truth, whole } from '../values/codec.ts';
import { withUnit } from '../values/duration.ts';
import { share } from '../values/share.ts';

/** What a JSON Schema says about a `circuit_breaker` block, in its three shapes. */
export function circuitBreakerSchema(): JsonSchema {
  const duration = (doc: string) => scalar(withUnit, doc);
  return fields(
    {
      failure_threshold: scalar(whole(), 'Opens after this many failures in a row.'),
      recovery_timeout: duration('How long the circuit stays open.'),
      success_threshold: scalar(whole(), 'How many probes must succeed to close it.'),
      exceptions: list(scalar(text), 'Names of the errors that count.'),
      enabled: scalar(truth, 'false lets every call through and counts none.'),
      sliding_window: fields(
        {
          size: scalar(whole(), 'The last calls, this many.'),
          minimum_throughput: scalar(whole(), 'Calls before a rate is judged.'),
        },
        'The calls over which rates are judged.',
      ),
      failure_criteria: fields(
        {
          error_rate: scalar(share, 'Opens when this share of the calls failed.'),
          slow_call_rate: scalar(share, 'Opens when this share of the calls was slow.'),
          slow_call_duration: duration('A call that takes this long is slow.'),
        },
        'When it opens.',
      ),
      thresholds: fields(
        {
          failure_rate: scalar(share, 'Opens when this share of the calls failed.'),
          response_time: duration('Opens when calls took this long on average.'),
          error_count: scalar(whole(), 'Opens at this many failures in the window.'),
        },
        'When it opens: at any of these.',
      ),
      timeouts: fields({
        operation: duration('The time limit of a call.'),
        recovery: duration('How long the circuit stays open.'),
      }),
      fallback: fields({
        enabled: scalar(truth),
        strategy: scalar(text, 'cached_response serves the last good answer.'),
        max_age: duration('How old an answer may be.'),
      }),
      monitoring: fields({
        metrics_enabled: scalar(truth),
        alerts_enabled: scalar(truth),
        health_check_interval: duration('How often the service is pinged.'),
      }),
    },
    'A circuit breaker, as descriptions of the pattern write it.',
  ).schema;
}
