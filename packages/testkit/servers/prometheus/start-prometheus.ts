import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/faults/free-port.ts';
import { type Guarded, spawnGuarded } from '../programs/spawn-guarded.ts';

/** An alert, pending or firing. */
export interface Alert {
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A Prometheus of your own, on loopback. */
export interface Prometheus {
  readonly url: string;

  /** All that it leaves on disk. */
  readonly home: string;

  /** What an instant query gives: the labels and the value of each series. */
  query(expression: string): Promise<{ readonly metric: Readonly<Record<string, string>>; readonly value: number }[]>;

  /** The alerts there are now. */
  alerts(): Promise<readonly Alert[]>;

  /** Ends it and deletes all it left behind. */
  stop(): Promise<void>;
}

/** What it scrapes, how often, and what it thinks of it. */
export interface PrometheusOptions {
  /** The executable. */
  readonly executable: string;

  /** Where metrics are: `http://127.0.0.1:9464/metrics`. */
  readonly target: string;

  /** A file of rules, as text. */
  readonly rules?: string;

  /** How long between scrapes, and between evaluations of the rules: `200ms`. */
  readonly every: string;
}

/** How long it may take to start on a busy machine, in milliseconds. */
const PATIENCE = 20_000;

/** Starts a Prometheus that scrapes one target. It ends with this process, however that ends. */
export async function startPrometheus({ executable, target, rules, every }: PrometheusOptions): Promise<Prometheus> {
  const home = mkdtempSync(join(tmpdir(), 'switchgear-prometheus-'));
  const address = `127.0.0.1:${await freePort()}`;
  writeFileSync(join(home, 'prometheus.yml'), configuration(new URL(target), every));
  writeFileSync(join(home, 'rules.yml'), rules ?? 'groups: []\n');
  const guarded = spawnGuarded({
    executable,
    args: ['--config.file=prometheus.yml', '--storage.tsdb.path=data', `--web.listen-address=${address}`],
    home,
    signal: 'KILL',
  });
  const url = `http://${address}`;
  try {
    await ready(guarded, url);
  } catch (error) {
    await guarded.stop();
    throw error;
  }
  return {
    url,
    home,
    async query(expression) {
      const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(
        `${url}/api/v1/query?${new URLSearchParams({ query: expression })}`,
      );
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    alerts: async () => (await ask<{ alerts: readonly Alert[] }>(`${url}/api/v1/alerts`)).alerts,
    stop: guarded.stop,
  };
}

function configuration({ host, pathname }: URL, every: string): string {
  return `global: { scrape_interval: ${every}, scrape_timeout: ${every}, evaluation_interval: ${every} }
rule_files: [rules.yml]
scrape_configs: [{ job_name: shop, metrics_path: ${pathname}, static_configs: [{ targets: ['${host}'] }] }]
`;
}

/** @throws {Error} with its log when it ends before it is ready, or is not ready in time */
async function ready({ child }: Guarded, url: string): Promise<void> {
  let log = '';
  let ended: string | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-10_000);
  });
  child.once('error', ({ message }) => {
    ended = message;
  });
  child.once('exit', (code) => {
    ended ??= `code ${code}`;
  });
  const latest = Date.now() + PATIENCE;
  while (!(await isReady(url))) {
    if (ended !== undefined) throw new Error(`Prometheus ended before it was ready: ${ended}\n${log}`);
    if (Date.now() > latest) throw new Error(`Prometheus was not ready within ${PATIENCE} ms\n${log}`);
    await pause(50);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`)).ok;
  } catch {
    return false;
  }
}

/** @throws {Error} with the message of Prometheus if it rejects the query */
async function ask<Data>(url: string): Promise<Data> {
  const answer = (await (await fetch(url)).json()) as { status: string; data: Data; error?: string };
  if (answer.status !== 'success') throw new Error(`Prometheus: ${answer.error}`);
  return answer.data;
}
