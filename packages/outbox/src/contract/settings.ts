import {
  invalid,
  type Reporter,
  reportTo,
  requireFunction,
  requireOptions,
  requireWhole,
} from '@switchgear/core/adapter';
import { type Names, namesOf } from '../database/table.ts';
import type { OutboxOptions } from './options.ts';

/** Options with all defaults, and what is derived from them. */
export type Settings<Payload> = Required<Omit<OutboxOptions<Payload>, Unset>> &
  Pick<OutboxOptions<Payload>, Unset> & {
    readonly names: Names;

    /** Calls `onError`; what that throws is ignored. */
    readonly reporter: Reporter;
  };

/** Options without a default value. */
type Unset = 'onDelivered' | 'isPoison' | 'retryIn' | 'onError';

/** The share of the lease that is for the delivery; the rest is for writing its outcome. */
const SHARE_OF_LEASE = 0.75;

/** The only place where defaults are defined and options checked. @throws {TypeError | RangeError} naming the option, the rule and the value */
export function settingsOf<Payload>(options: OutboxOptions<Payload>): Settings<Payload> {
  const defaults = {
    table: 'switchgear_outbox',
    lease: 60_000,
    attempts: 20,
    concurrent: 16,
    poll: 5_000,
    listen: true,
    stopTimeout: 5_000,
  };
  const functions = ['deliver', 'onDelivered', 'isPoison', 'retryIn', 'onError'] as const;
  const known = ['queue', ...functions, ...Object.keys(defaults), 'deliveryTimeout'];
  const given = { ...defaults, ...requireOptions('createOutbox', options, known) };
  if (typeof given.queue !== 'string' || given.queue === '')
    invalid('queue', 'a string that is not empty', given.queue);
  const names = namesOf(given.table);
  for (const option of functions) {
    if (given[option] !== undefined || option === 'deliver') requireFunction(option, given[option]);
  }
  for (const option of ['lease', 'attempts', 'concurrent', 'poll'] as const) requireWhole(option, given[option]);
  requireWhole('stopTimeout', given.stopTimeout, 0);
  if (typeof given.listen !== 'boolean') invalid('listen', 'true or false', given.listen);
  const { lease, deliveryTimeout = Math.max(1, Math.floor(lease * SHARE_OF_LEASE)) } = given;
  requireWhole('deliveryTimeout', deliveryTimeout);
  if (deliveryTimeout > lease) invalid('deliveryTimeout', `at most the lease (${lease})`, deliveryTimeout);
  return { ...given, deliveryTimeout, names, reporter: reportTo(given.onError) };
}
