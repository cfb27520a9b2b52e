export * from '@switchgear/core';
export type { Attempt } from './attempt.ts';
export { type AddOptions, createOutbox, type Outbox } from './create-outbox.ts';
export type { Message } from './message.ts';
export type { OutboxOptions } from './options.ts';
export type { Queryable } from './queue.ts';
export { tableOf } from './table.ts';
export { inTransaction } from './transaction.ts';
export type { Counts } from './upkeep.ts';
