import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { now } from '../process/now.ts';

/** Money taken from a customer. */
export interface Charge {
  /** The order it paid. */
  readonly order: string;

  /** What makes a repeated request recognisable, or `null` when the caller sent nothing of the kind. */
  readonly key: string | null;
  readonly amountCents: number;

  /** When the money was taken, in milliseconds since 1970. */
  readonly at: number;
}

/** Every charge ever made, in order. It is a file, so it outlives the process that writes it. */
export interface Ledger {
  /** Takes the money, unless a charge with this key is there already: then it is that charge, and nothing is taken. */
  charge(request: Omit<Charge, 'at'>): { readonly charge: Charge; readonly repeated: boolean };

  /** What the file says. */
  charges(): readonly Charge[];

  close(): void;
}

/** Opens a ledger, or begins one: a line of JSON for each charge, appended before the charge is answered. */
export function openLedger(path: string): Ledger {
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
