import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProcessedCharges, type ProcessedCharges } from '../src/services/payments.ts';
import { temporaryFolder, testRun } from './test-run.ts';

const request = { order: 'order-1', key: 'key-1', amountCents: 100 };

async function reopenable(): Promise<() => ProcessedCharges> {
  const run = testRun();
  const path = join(await temporaryFolder(run), 'ledger.jsonl');
  return () => {
    const ledger = openProcessedCharges(path);
    run.cleanup.defer(() => ledger.close());
    return ledger;
  };
}

it('a ledger takes money once for a key, and says so the second time', async () => {
  const ledger = (await reopenable())();
  const first = ledger.charge(request);
  const second = ledger.charge(request);
  expect(first.repeated).toBe(false);
  expect(second).toEqual({ charge: first.charge, repeated: true });
  expect(ledger.charges()).toEqual([first.charge]);
});

it('a ledger takes money each time when there is no key', async () => {
  const ledger = (await reopenable())();
  ledger.charge({ ...request, key: null });
  ledger.charge({ ...request, key: null });
  expect(ledger.charges()).toHaveLength(2);
});

it('a ledger knows its keys after the process that wrote it is gone', async () => {
  const open = await reopenable();
  const { charge } = open().charge(request);
  expect(open().charge(request)).toEqual({ charge, repeated: true });
});
