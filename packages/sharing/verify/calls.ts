/**
 * What sharing costs: a call's time while the bus works, stands still, throws and rejects, beside one without sharing, in turn
 * in the same run; and the processor time of an instance with a hundred others in peace. Exits with 1 if a call waits for a bus.
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Breaker, createBreaker } from '@switchgear/core';
import { type Bus, type Sharing, share } from '../src/index.ts';
import { encode } from '../src/report/report.ts';

const ROUNDS = 40;
const CALLS = 50;
/** One call in so many fails, so that there is trouble to tell of. */
const FAILS = 10;
const PEERS = 100;
const IDLE_MS = 20_000;
/** A call that waited for a bus would take longer by far: the one that stands still never answers. */
const MOST_TIMES = 3;

/** A bus whose sending does this. */
const bus = (send: () => unknown): Bus => ({ tick: 25, open: () => ({ send, close() {} }) });

const BUSES: Readonly<Record<string, Bus | undefined>> = {
  'without sharing': undefined,
  'a bus that works': bus(() => Promise.resolve()),
  'a bus that stands still': bus(() => new Promise(() => {})),
  'a bus that throws': bus(() => {
    throw new Error('killed');
  }),
  'a bus that rejects': bus(() => Promise.reject(new Error('cut'))),
};

async function timesOfCalls(): Promise<Map<string, number[]>> {
  let asked = 0;
  const server = createServer((_, response) => {
    response.statusCode = ++asked % FAILS === 0 ? 503 : 200;
    response.end('here');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const times = new Map<string, number[]>();
  const breakers: [string, Breaker][] = [];
  const sharings: Sharing[] = [];
  for (const [name, over] of Object.entries(BUSES)) {
    // A circuit that never opens, so that all make the same calls.
    const breaker = createBreaker({ name: 'service' });
    breaker.setMode('shadow');
    if (over) sharings.push(share(breaker, { group: 'cost', bus: over }));
    breakers.push([name, breaker]);
    times.set(name, []);
  }
  const call = async (): Promise<void> => {
    const response = await fetch(url);
    await response.text();
    if (!response.ok) throw new Error(`${response.status}`);
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, breaker] of breakers) {
      for (let i = 0; i < CALLS; i++) {
        const began = performance.now();
        await breaker.run(call).catch(() => undefined);
        // The first rounds warm up.
        if (round >= 5) times.get(name)?.push(performance.now() - began);
      }
    }
  }
  await Promise.all(sharings.map((sharing) => sharing.close()));
  server.close().closeAllConnections();
  return times;
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((one, other) => one - other)[Math.ceil(share * values.length) - 1] ?? Number.NaN;
}

/** The share of one processor that an instance takes that hears a hundred others in peace. */
async function idleShare(isSharing: boolean): Promise<number> {
  let hear: (report: string) => void = () => {};
  const line: Bus = {
    open(listener) {
      hear = listener;
      return { send() {}, close() {} };
    },
  };
  const sharing = isSharing ? share(createBreaker({ name: 'service' }), { group: 'idle', bus: line }) : undefined;
  // Each sends a beat of 60 bytes every two seconds.
  const report = (peer: number, seq: number) =>
    encode({ group: 'idle', life: `peer ${peer}`, seq, every: 2_000, circuits: [], flag: 'none' });
  const reports = Array.from({ length: PEERS }, (_, peer) =>
    Array.from({ length: IDLE_MS / 1_000 }, (_, seq) => report(peer, seq)),
  );
  const timers = reports.map((own) => {
    let seq = 0;
    return setInterval(() => hear(own[seq++] ?? ''), 2_000);
  });
  const before = process.cpuUsage();
  await pause(IDLE_MS);
  const { user, system } = process.cpuUsage(before);
  for (const timer of timers) clearInterval(timer);
  const known = sharing?.instances ?? 0;
  if (sharing && known !== PEERS + 1) throw new Error(`it knows ${known} instances instead of ${PEERS + 1}`);
  await sharing?.close();
  return (user + system) / 1_000 / IDLE_MS;
}

console.log(`load ${loadavg()[0]?.toFixed(1)}\n`);
const times = await timesOfCalls();
const alone = times.get('without sharing') ?? [];
let isSlow = false;
for (const [name, own] of times) {
  const [p50, p99] = [percentile(own, 0.5), percentile(own, 0.99)];
  isSlow ||= p50 > MOST_TIMES * percentile(alone, 0.5);
  console.log(`${name.padEnd(24)} p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms   ${own.length} calls`);
}
const [timersAlone, shared] = [await idleShare(false), await idleShare(true)];
const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
console.log(`\nidle with ${PEERS} others: ${percent(shared)} of a processor; the timers alone ${percent(timersAlone)}`);
process.exitCode = isSlow ? 1 : 0;
