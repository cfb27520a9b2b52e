import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { prometheusOrSkip, startPrometheus } from '../servers/prometheus/index.ts';

const programs = prometheusOrSkip();
const executable = programs?.prometheus ?? '';
const SOON = { timeout: 15_000, interval: 50 };

describe.skipIf(programs === undefined)('a Prometheus of our own', () => {
  it('scrapes its target, answers queries, fires alerts, and is gone when it is stopped', async () => {
    const server = createServer((_request, response) => response.end('answer 42\n')).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const rules = "groups: [{ name: test, rules: [{ alert: Answered, expr: 'answer == 42' }] }]";
    const prometheus = await startPrometheus({
      executable,
      target: `http://127.0.0.1:${port}/metrics`,
      rules,
      every: '100ms',
    });
    onTestFinished(prometheus.stop);
    await vi.waitFor(async () => expect(await prometheus.query('answer')).toMatchObject([{ value: 42 }]), SOON);
    const fired = { state: 'firing', labels: { alertname: 'Answered', job: 'shop', instance: `127.0.0.1:${port}` } };
    await vi.waitFor(async () => expect(await prometheus.alerts()).toMatchObject([fired]), SOON);
    await expect(prometheus.query('answer(')).rejects.toThrow('parse error');
    await prometheus.stop();
    await expect(fetch(prometheus.url)).rejects.toThrow();
    expect(existsSync(prometheus.home)).toBe(false);
    await prometheus.stop();
  });

  it('says why it cannot start', async () => {
    const starting = startPrometheus({ executable, target: 'http://127.0.0.1:9/', rules: 'groups: 5', every: '1s' });
    await expect(starting).rejects.toThrow(/ended before it was ready[\s\S]*rules\.yml/);
  });

  it('leaves nothing behind when its parent is killed', async () => {
    const script = fileURLToPath(new URL('./prometheus-owner.ts', import.meta.url));
    const owner = spawn(process.execPath, [script, executable], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [words] = await once(owner.stdout, 'data');
    const { url, home } = JSON.parse(String(words));
    expect(existsSync(home)).toBe(true);
    owner.kill('SIGKILL');
    await vi.waitFor(() => expect(fetch(url)).rejects.toThrow(), SOON);
    await vi.waitFor(() => expect(existsSync(home)).toBe(false), SOON);
  });
});

describe('a machine without Prometheus', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it.each(['PROMETHEUS_PATH', 'PROMTOOL_PATH'])('fails under CI, and skips aloud elsewhere: %s', (variable) => {
    vi.stubEnv(variable, '/nowhere');
    vi.stubEnv('CI', 'true');
    expect(() => prometheusOrSkip()).toThrow('Debian calls it prometheus');
    vi.stubEnv('CI', '');
    const warn = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(prometheusOrSkip()).toBeUndefined();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('SKIPPED'));
  });
});
