export type { DeliverContext, Message, OutboxOptions } from './contract/options.ts';
export { type AddOptions, createOutbox, type Outbox } from './create-outbox.ts';
export type { Queryable } from './database/held-client.ts';
export { tableOf } from './database/table.ts';
export { inTransaction } from './database/transaction.ts';
export type { Attempt } from './delivery/attempt.ts';
export type { Counts } from './queue/rows.ts';
