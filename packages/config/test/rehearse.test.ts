import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it } from 'vitest';
import { type Difference, load, rehearse, settingsRegistry, type WatchEvent, watchConfig } from '../src/index.ts';

const live = load(
  'breakers:\n  payments: { openWhen: { failureCount: 5 }, openFor: 10s }\n  search: { openWhen: { failureCount: 2 }, openFor: 10s }\n  same: { openWhen: { failureCount: 1 } }\n',
);
const candidate = load(
  'breakers:\n  payments: { openWhen: { failureCount: 2 }, openFor: 10s }\n  search: { openWhen: { failureCount: 9 }, openFor: 10s }\n  same: { openWhen: { failureCount: 1 } }\n',
);

async function rehearsed(
  calls: (get: (name: string) => { fail: (times: number) => void; succeed: (times: number) => void }) => void,
) {
  const registry = settingsRegistry(live, { base: { clock: manualClock(), random: () => 0 } });
  const differences: Difference[] = [];
  const rehearsal = rehearse(candidate, live, registry, { onDifference: (each) => differences.push(each) });
  calls((name) => {
    const breaker = registry.get(name);
    const record = (times: number, outcome: 'failure' | 'success') => {
      for (let i = 0; i < times; i++) breaker.record(outcome, 1);
    };
    return { fail: (times) => record(times, 'failure'), succeed: (times) => record(times, 'success') };
  });
  await Promise.resolve();
  return { registry, rehearsal, differences };
}

describe('rehearse', () => {
  it('says when the candidate would open and the live circuit stays closed', async () => {
    const { differences, registry, rehearsal } = await rehearsed((get) => get('payments').fail(3));
    expect(differences).toMatchObject([{ breaker: 'payments', would: 'opens', because: { rule: 'failureCount' } }]);
    expect(differences[0]?.sentence).toContain('payments: the candidate would open (');
    expect(registry.get('payments').state).toBe('closed');
    expect(rehearsal.report()).toMatchObject([
      { breaker: 'payments', calls: 3, both: 0, onlyCandidate: 1, onlyLive: 0 },
    ]);
  });

  it('says when the live circuit opens and the candidate would not', async () => {
    const { differences, rehearsal } = await rehearsed((get) => get('search').fail(2));
    expect(differences).toMatchObject([{ breaker: 'search', would: 'stays closed' }]);
    expect(rehearsal.report()).toMatchObject([{ breaker: 'search', calls: 2, both: 0, onlyCandidate: 0, onlyLive: 1 }]);
  });

  it('counts what both do, and by how much earlier', async () => {
    const { differences, rehearsal } = await rehearsed((get) => get('payments').fail(5));
    expect(differences).toEqual([]);
    expect(rehearsal.report()).toMatchObject([{ both: 1, onlyCandidate: 0, onlyLive: 0, earlierBy: 0 }]);
  });

  it('leaves alone what does not differ', async () => {
    const { rehearsal, differences } = await rehearsed((get) => get('same').fail(1));
    expect(rehearsal.report()).toEqual([]);
    expect(differences).toEqual([]);
    expect(rehearsal.page()).toContain('The candidate says the same as the live settings.');
  });

  it('has a page, in which names cannot be markup', async () => {
    const registry = settingsRegistry(load('breakers: { "<b>x</b>": { openWhen: { failureCount: 5 } } }'));
    registry.get('<b>x</b>');
    const rehearsal = rehearse(
      load('breakers: { "<b>x</b>": { openWhen: { failureCount: 4 } } }'),
      load('breakers: { "<b>x</b>": { openWhen: { failureCount: 5 } } }'),
      registry,
    );
    registry.get('<b>x</b>').record('failure');
    expect(rehearsal.page()).toContain('&#60;b&#62;x&#60;/b&#62;</td><td>1</td>');
    expect(rehearsal.page()).not.toContain('<b>');
    expect(rehearsal.page()).toContain('do not time calls');
    rehearsal.close();
    registry.get('<b>x</b>').record('failure');
    expect(rehearsal.report()[0]?.calls).toBe(1);
  });
});

describe('a candidate file', () => {
  it('runs beside the live one while it exists, and applies nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'switchgear-candidate-'));
    const [file, next] = [join(folder, 'breakers.yaml'), join(folder, 'breakers.next.yaml')];
    const events: WatchEvent[] = [];
    try {
      writeFileSync(file, 'breakers:\n  payments: { openWhen: { failureCount: 5 } }\n');
      const watch = watchConfig(file, { candidate: next, onEvent: (event) => events.push(event) });
      expect(watch.rehearsal).toBeUndefined();
      const payments = watch.registry.get('payments');
      writeFileSync(next, 'breakers:\n  payments: { openWhen: { failureCount: 1 } }\n');
      watch.check();
      payments.record('failure');
      await Promise.resolve();
      expect(events).toMatchObject([{ type: 'rehearsed', breaker: 'payments', would: 'opens' }]);
      expect(payments.state).toBe('closed');
      expect(watch.rehearsal?.report()).toMatchObject([{ breaker: 'payments', onlyCandidate: 1 }]);
      writeFileSync(next, 'breakers:\n  payments: { openFor: 3min }\n');
      watch.check();
      expect(events.at(-1)).toMatchObject({ type: 'refused', file: next });
      rmSync(next);
      watch.check();
      expect(watch.rehearsal).toBeUndefined();
      watch.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
