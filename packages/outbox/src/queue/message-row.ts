import type { Message } from '../contract/message.ts';
import type { Settings } from '../contract/settings.ts';
import type { Statement } from '../database/database.ts';

/** What a statement returns to make a message of. `retry` leaves the error where it is, so that it tells of earlier attempts. */
export const MESSAGE = 'key, payload, attempts as attempt, attempts <= 1 and last_error is null as "isFirst"';

/** A message of a row, without what else the row has. */
export function messageOf<Payload>({ key, payload, attempt, isFirst }: Message<Payload>): Message<Payload> {
  return { key, payload, attempt, isFirst };
}

/** Changes a message that is not delivered yet, and returns what it is then: one message, or none. */
export function changeOf(
  { queue, names }: Pick<Settings<never>, 'queue' | 'names'>,
  change: string,
  key: string,
  values: readonly unknown[],
  only: string,
): Statement {
  const text = `with changed as (
       update ${names.table} set ${change} where queue = $1 and key = $2 and delivered_at is null ${only} returning *
     )
     select ${MESSAGE} from changed`;
  return { text, values: [queue, key, ...values] };
}
