import { Hono } from 'hono';
import type { Behaviour } from '../services/behaviour.ts';
import type { Ledger } from './ledger.ts';

interface ChargeRequest {
  readonly order: string;
  readonly amountCents: number;
}

/** What a shop calls: `POST /charges` takes money, once for each `Idempotency-Key`. */
export function createChargeApi(ledger: Ledger, behaviour: Behaviour): Hono {
  const api = new Hono();
  api.post('/charges', async (context) => {
    behaviour.countCall();
    const key = context.req.header('Idempotency-Key') ?? null;
    const request = readRequest(await context.req.json().catch(() => undefined));
    if (!request) return context.json({ error: 'order must be a text and amountCents a positive whole number' }, 400);
    const { charge, repeated } = await behaviour.perform(() => ledger.charge({ ...request, key }));
    return context.json(charge, repeated ? 200 : 201);
  });
  return api;
}

function readRequest(body: Partial<ChargeRequest> | undefined): ChargeRequest | undefined {
  const { order, amountCents } = body ?? {};
  if (typeof order !== 'string' || order === '') return undefined;
  if (!Number.isInteger(amountCents) || amountCents === undefined || amountCents < 1) return undefined;
  return { order, amountCents };
}
