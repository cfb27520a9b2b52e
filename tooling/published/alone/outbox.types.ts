import { createOutbox, type Outbox } from '@switchgear/outbox';
import pg from 'pg';

export const mails: Outbox<{ to: string }> = createOutbox(new pg.Pool(), {
  queue: 'mails',
  deliver: async ({ key, payload }) => console.log(key, payload.to),
});
