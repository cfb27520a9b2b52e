import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openProcessedCharges, type ProcessedCharges } from '../src/services/payments.ts';
import { temporaryFolder, testRun } from './test-run.ts';

const request = { order: 'order-1', key: 'key-1', amountCents: 100 };

async function reopenable(): Promise<() => ProcessedCharges> {
  const run = testRun();
  const path = join(await temporaryFolder(run), 'charges.jsonl');
  return () => {
    const processedCharges = openProcessedCharges(path);
    run.cleanup.defer(() => processedCharges.close());
    return processedCharges;
  };
}

it('a provider charges once for a key, and says so the second time', async () => {
  const processedCharges = (await reopenable())();
  const first = processedCharges.charge(request);
  const second = processedCharges.charge(request);
  expect(first.repeated).toBe(false);
  expect(second).toEqual({ charge: first.charge, repeated: true });
  expect(processedCharges.charges()).toEqual([first.charge]);
});

it('a provider charges each time when there is no key', async () => {
  const processedCharges = (await reopenable())();
  processedCharges.charge({ ...request, key: null });
  processedCharges.charge({ ...request, key: null });
  expect(processedCharges.charges()).toHaveLength(2);
});

it('a provider knows its keys after the process that wrote it is gone', async () => {
  const open = await reopenable();
  const { charge } = open().charge(request);
  expect(open().charge(request)).toEqual({ charge, repeated: true });
});
