export type { Message } from './contract/message.ts';
export type { DeliverContext, OutboxOptions } from './contract/options.ts';
export { type AddOptions, createOutbox, type Outbox } from './create-outbox.ts';
export type { Queryable } from './database/database.ts';
export { tableOf } from './database/table.ts';
export { inTransaction } from './database/transaction.ts';
export type { Attempt } from './delivery/attempt.ts';
export type { Counts } from './queue/upkeep.ts';
