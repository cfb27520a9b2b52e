import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Hono } from 'hono';
import { now } from '../process/now.ts';
import type { Behaviour } from './behaviour.ts';

interface ChargeRequest {
  readonly order: string;
  readonly amountCents: number;
}

/** What a shop calls: `POST /charges` makes a charge, once per `Idempotency-Key`. */
export function createChargeApi(processedCharges: ProcessedCharges, behaviour: Behaviour): Hono {
  const api = new Hono();
  api.post('/charges', async (context) => {
    behaviour.countCall();
    const key = context.req.header('Idempotency-Key') ?? null;
    const request = readRequest(await context.req.json().catch(() => undefined));
    if (!request) return context.json({ error: 'order must be a string and amountCents a positive integer' }, 400);
    const { charge, repeated } = await behaviour.perform(() => processedCharges.charge({ ...request, key }));
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

/** A charge to a customer. */
export interface Charge {
  /** The order it paid. */
  readonly order: string;

  /** The idempotency key, or `null` if the caller sent none. */
  readonly key: string | null;
  readonly amountCents: number;

  /** When the charge was made, in milliseconds since 1970. */
  readonly at: number;
}

/** All processed charges in order, in a file that outlives the process. */
export interface ProcessedCharges {
  /** Makes a charge, unless one with this key exists: then it returns that one. */
  charge(request: Omit<Charge, 'at'>): { readonly charge: Charge; readonly repeated: boolean };

  /** The charges in the file. */
  charges(): readonly Charge[];

  close(): void;
}

/** Opens or creates the file: a line of JSON per charge, appended before the charge is answered. */
export function openProcessedCharges(path: string): ProcessedCharges {
  const byKey = new Map<string, Charge>();
  for (const charge of readCharges(path)) if (charge.key !== null) byKey.set(charge.key, charge);
  const file = openSync(path, 'a');
  return {
    charge(request) {
      const earlier = request.key === null ? undefined : byKey.get(request.key);
      if (earlier) return { charge: earlier, repeated: true };
      const charge = { ...request, at: now() };
      writeSync(file, `${JSON.stringify(charge)}\n`);
      if (charge.key !== null) byKey.set(charge.key, charge);
      return { charge, repeated: false };
    },
    charges: () => readCharges(path),
    close: () => closeSync(file),
  };
}

function readCharges(path: string): Charge[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}
