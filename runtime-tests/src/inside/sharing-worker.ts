/** A Worker whose breaker shares what it knows with those of other isolates, over a mailbox that requests look into. */

import { failureRate, fixed } from '@switchgear/core';
import { circuitSharing } from '@switchgear/hono';
import { type Bus, createBreaker, share } from '@switchgear/sharing';
import { Hono } from 'hono';
import type { SharingAnswer } from '../specs/requests/answers.ts';

/** Where the mailbox is, which only a request can tell. */
let mailbox = '';

/** Leaves the latest report of this isolate in the mailbox and takes those of the others, as a driver of a store does. */
const bus: Bus = {
  tick: 25,
  open: (hear) => ({
    async send(report) {
      const answer = await fetch(mailbox, { method: 'POST', body: report });
      for (const other of (await answer.json()) as string[]) hear(other);
    },
    close() {},
  }),
};

const isolate = String(Math.random());
const faults: string[] = [];
const rules: string[] = [];
// Alone it would need 20 calls.
const openWhen = failureRate(0.5, { minimumCalls: 20 });
const breaker = createBreaker({ name: 'upstream', openWhen, openFor: fixed(60_000) });
breaker.subscribe(({ type, because }) => type === 'move' && rules.push(because?.rule ?? ''));
const sharing = share(breaker, {
  group: 'edge',
  bus,
  onEvent: (event) => event.type === 'fault' && faults.push(String(event.error)),
});

const app = new Hono();
app.use(async (c, next) => {
  mailbox = c.req.query('mailbox') ?? mailbox;
  await next();
});
app.use(circuitSharing(sharing));
app.get('/:does', (c) => {
  const permit = c.req.param('does') === 'fail' ? breaker.tryAcquire() : undefined;
  permit?.settle('failure');
  const { calls } = breaker.metrics();
  const { instances } = sharing;
  return c.json({ isolate, state: breaker.state, calls, instances, rules, faults } satisfies SharingAnswer);
});

// biome-ignore lint/style/noDefaultExport: a Worker is the default export of its module.
export default app;
