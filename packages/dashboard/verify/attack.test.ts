import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Attack, longBodies, longPaths, streams } from './attack/attacks.ts';
import type { Noticed } from './attack/server.ts';
import type { Visits } from './attack/visitor.ts';

/**
 * How long each attack lasts, in milliseconds. A reader that does not read is noticed when the buffers of the machine are full,
 * some megabytes a connection, and let go of half a minute later: 100_000 shows that, too.
 */
const LASTING = Number(process.env['LASTING'] ?? 40_000);

const ATTACKS: readonly (readonly [name: string, attack: Attack, streams: number])[] = [
  ['nobody else', async () => '', 100],
  ['paths of 60 kB', longPaths, 100],
  ['1,000 streams', streams(true), 100],
  ['1,000 streams, all allowed', streams(true), 1_000],
  ['1,000 readers that never read', streams(false), 100],
  ['1,000 of them, all allowed', streams(false), 1_000],
  ['bodies of 400 MB, of strangers', longBodies('stranger'), 100],
  ['bodies of 400 MB, of an operator', longBodies('ann'), 100],
];

const table: Record<string, object> = {};

describe('a dashboard of 500 busy breakers under attack', () => {
  afterAll(() => console.table(table));

  it.each(ATTACKS)('answers everybody else: %s', async (name, attack, most) => {
    const server = start('server.ts', [], { STREAMS: String(most) });
    const [{ url }] = (await once(server, 'message')) as [{ url: string }];
    const visitor = start('visitor.ts', [url], {});
    await pause(2_000);
    const before = await ask<Noticed>(server);
    await ask<Visits>(visitor);

    const stop = new AbortController();
    const done = attack(Number(new URL(url).port), stop.signal);
    await pause(LASTING);
    const [noticed, { took, bad }] = await Promise.all([ask<Noticed>(server), ask<Visits>(visitor)]);
    stop.abort();
    const what = await done;

    const sorted = took.toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
    const row = {
      'others waited (ms): half': at(0.5),
      '99 of 100': at(0.99),
      longest: at(1),
      'blocked (ms)': Math.round(noticed.blocked),
      'its processor (%)': noticed.processor,
      'memory (MB) before': before.memory,
      'at most': noticed.memory,
      'connections at the end': noticed.connections,
      what,
    };
    table[name] = row;
    console.log(name, row);
    expect(took.length).toBeGreaterThan(0);
    expect(bad).toBe(0);
  });
});

function start(entry: string, args: readonly string[], environment: Record<string, string>): ChildProcess {
  const child = fork(fileURLToPath(new URL(`./attack/${entry}`, import.meta.url)), [...args], {
    env: { ...process.env, ...environment },
    // Node itself refuses paths of more than 16 kB; others do not.
    execArgv: ['--conditions=@switchgear/source', '--max-http-header-size=200000'],
  });
  onTestFinished(() => {
    if (child.connected) child.disconnect();
  });
  return child;
}

async function ask<Answer>(child: ChildProcess): Promise<Answer> {
  child.send('?');
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}
