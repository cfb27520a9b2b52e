import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Breaker, consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { type Prometheus, prometheusOrSkip, startPrometheus } from '@switchgear/testkit/prometheus';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { instrumentBreakers } from '../../src/index.ts';
import { serveMetrics } from './serve-metrics.ts';

const programs = prometheusOrSkip();
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const rules = pathOf('../../alerts/circuit-breakers.yml');
const ruleTests = ['./rules.yml', './rules-of-hours.yml'].map(pathOf);
const SOON = { timeout: 20_000, interval: 50 };

/** The published rules, firing within a second instead of minutes. */
const impatient = readFileSync(rules, 'utf8')
  .replaceAll(/for: \d+[mhd]/g, 'for: 200ms')
  .replaceAll(/\[\d+[mh]\]/g, '[2s]');

/** What it says when it is content; else the test fails with what it says. */
function promtool(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(programs?.promtool ?? '', args, { encoding: 'utf8' });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return stdout;
}

describe.skipIf(programs === undefined)('the rules for Prometheus', () => {
  it('are rules, as promtool sees it', () => {
    expect(promtool('check', 'rules', rules)).toContain('7 rules found');
  });

  it('tell of what is beyond their limits and of nothing else', () => {
    const tested = ruleTests.map((file) => readFileSync(file, 'utf8')).join('');
    for (const [, alert] of readFileSync(rules, 'utf8').matchAll(/alert: (\w+)/g)) expect(tested).toContain(alert);
    expect(promtool('test', 'rules', ...ruleTests)).toContain('SUCCESS');
  });

  it('give dashboards of other libraries the names they ask for', () => {
    expect(promtool('check', 'rules', pathOf('../../recording/old-names.yml'))).toContain('20 rules found');
    expect(promtool('test', 'rules', pathOf('./old-names.yml'))).toContain('SUCCESS');
  });

  it('fire for a real circuit that a real Prometheus scrapes, and are over when it closes', async () => {
    const { meter, target } = await serveMetrics();
    const openWhen = consecutiveFailures(2);
    const payments = createBreaker({ name: 'payments', openWhen, openFor: fixed(60_000) });
    const stock = createBreaker({ name: 'stock', openWhen });
    instrumentBreakers([payments, stock], { meter });
    const executable = programs?.prometheus ?? '';
    const prometheus = await startPrometheus({ executable, target, rules: impatient, every: '200ms' });
    onTestFinished(prometheus.stop);

    // It has seen the circuit closed first: how many calls were refused since is then known.
    const closed = 'circuit_breaker_state{circuit_breaker_name="payments", circuit_breaker_state="closed"}';
    await vi.waitFor(async () => expect(await prometheus.query(closed)).toMatchObject([{ value: 1 }]), SOON);
    await outage(payments);
    const CircuitOpen = { instance: new URL(target).host, circuit_breaker_name: 'payments', severity: 'critical' };
    const CircuitRefusals = { job: 'shop', circuit_breaker_name: 'payments' };
    await vi.waitFor(async () => {
      await stock.run(() => 'fine');
      await payments.run(() => 'never').catch(() => 'refused');
      expect(await firing(prometheus)).toMatchObject({ CircuitOpen, CircuitRefusals });
    }, SOON);
    const [open] = (await prometheus.alerts()).filter(({ labels }) => labels['alertname'] === 'CircuitOpen');
    expect(open?.annotations['summary']).toBe(`Circuit payments of ${new URL(target).host} does not close`);

    payments.reset();
    await vi.waitFor(async () => expect(await firing(prometheus)).not.toHaveProperty('CircuitOpen'), SOON);
  });
});

/** Calls a port without a listener until the circuit is open and refuses. */
async function outage(breaker: Breaker): Promise<void> {
  for (let call = 0; call < 5; call++) await breaker.run(() => fetch('http://127.0.0.1:1/')).catch(() => 'failed');
  expect(breaker.state).toBe('open');
}

/** The labels of what fires, by the names of the alerts. */
async function firing(prometheus: Prometheus): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
  const alerts = await prometheus.alerts();
  const fired = alerts.filter(({ state }) => state === 'firing');
  return Object.fromEntries(fired.map(({ labels }) => [labels['alertname'], labels]));
}
