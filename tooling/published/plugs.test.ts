import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../src/published/size.ts';
import { root } from '../src/repository/read-repository.ts';

const core = join(root, 'packages/core');
const SOURCES = { conditions: ['@switchgear/source'] };

/** The folders of plugs, and the plugs that are in every breaker because they are defaults. */
const PLUGS =
  /src\/((adaptive|detector|explain|http|open-for|presets|recover|registry|rules|testing|vitals|window)\/.*)\.ts$/;
const DEFAULTS = [
  'adaptive/adaptive',
  'adaptive/first-limit',
  'adaptive/limit',
  'adaptive/self-clocked',
  'adaptive/self-clocked-memory',
  'adaptive/slow',
  'adaptive/watching',
  'detector/cusum',
  'detector/loss',
  'detector/seen-calls',
  'detector/sequential-test',
  'open-for/growing',
  'open-for/open-for',
  'open-for/square-root',
  'recover/decision',
  'recover/stay',
  'rules/judged',
  'rules/need',
  'rules/rates',
  'rules/rule',
  'rules/windowed',
  'vitals/estimates',
  'vitals/learned-vitals',
  'vitals/outages',
  'vitals/rounds',
  'window/buckets',
  'window/window',
];

const names = Object.keys(await import('@switchgear/core')).toSorted();
const imported = (...of: readonly string[]): string => `{ ${of.join(', ')} } from '@switchgear/core'`;

describe('what is not imported costs nothing', () => {
  it('a program that makes a breaker with the defaults gets the plugs of the defaults and no others', async () => {
    const { files } = await bundleOf(imported('createBreaker'), core, SOURCES);
    expect(files.flatMap((file) => PLUGS.exec(file)?.[1] ?? []).toSorted()).toEqual(DEFAULTS);
  });

  it('a program that makes a plain breaker gets the plugs that it names', async () => {
    const { files } = await bundleOf("{ createBreaker } from '@switchgear/core/plain'", core, SOURCES);
    expect(files.flatMap((file) => PLUGS.exec(file)?.[1] ?? [])).toEqual([]);
  });

  it('the one published file is cut as finely as its sources', async () => {
    const published = await bundleOf(imported('createBreaker'), core);
    const fromSources = await bundleOf(imported('createBreaker'), core, SOURCES);
    expect(published.gzip / fromSources.gzip).toBeLessThan(1.03);
  });

  it.each(['redis', 'postgres', 'nats', 'durable-object'])(
    'a program that shares over %s gets the drivers of no other store',
    async (store) => {
      const sharing = join(root, 'packages/sharing');
      const { files } = await bundleOf(`* as drivers from '@switchgear/sharing/${store}'`, sharing, SOURCES);
      const folders = files.flatMap((file) => /sharing\/src\/(\w[\w-]*)\//.exec(file)?.[1] ?? []);
      expect([...new Set(folders)].toSorted()).toEqual([store, 'store'].toSorted());
    },
  );

  it('each name by itself, and beside createBreaker (pnpm api:approve accepts a change)', async () => {
    const { gzip: breaker } = await bundleOf(imported('createBreaker'), core);
    const rows = [row('gzip, to the nearest 50 bytes', 'alone', 'added')];
    for (const name of names) {
      const alone = await bundleOf(imported(name), core);
      const beside = await bundleOf(imported(...new Set(['createBreaker', name])), core);
      rows.push(row(name, round(alone.gzip), round(beside.gzip - breaker)));
    }
    await expect(rows.join('')).toMatchFileSnapshot(join(core, 'sizes.txt'));
  });
});

function row(name: string, alone: string, added: string): string {
  return `${name.padEnd(32)}${alone.padStart(8)}${added.padStart(8)}\n`;
}

/** Rounded, so that the page does not change with each byte. */
function round(bytes: number): string {
  return String(Math.round(bytes / 50) * 50);
}
