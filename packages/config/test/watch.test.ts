import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRegistry, isCircuitOpen } from '@switchgear/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Watch, type WatchEvent, type WatchOptions, watchConfig } from '../src/index.ts';

let folder = '';
const watches: Watch[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'switchgear-config-'));
});
afterEach(() => {
  for (const watch of watches.splice(0)) watch.close();
  rmSync(folder, { recursive: true, force: true });
});

const settings = (limit: number, more = '') =>
  `breakers:\n  payments: { openWhen: { failureCount: ${limit} }, window: 1m${more} }\n`;

/** Watches a file, and hands out its events one after the other. */
function watching(
  file: string,
  options: WatchOptions = {},
): { watch: Watch; next: () => Promise<WatchEvent>; events: WatchEvent[] } {
  const events: WatchEvent[] = [];
  let wake = () => {};
  const onEvent = (event: WatchEvent) => {
    events.push(event);
    wake();
  };
  const watch = watchConfig(file, { every: 20, onEvent, ...options });
  watches.push(watch);
  let taken = 0;
  const next = async () => {
    while (events.length === taken) await new Promise<void>((resolve) => (wake = resolve));
    return events[taken++] as WatchEvent;
  };
  return { watch, next, events };
}

/** The limit at which the breaker opens now. */
function limitOf({ registry }: Watch): number {
  const breaker = registry.get('payments');
  breaker.reset();
  for (let failures = 1; failures < 100; failures++) {
    breaker.record('failure');
    if (breaker.state === 'open') return failures;
  }
  return Number.POSITIVE_INFINITY;
}

describe('watchConfig', () => {
  it('sees a file that is written again', async () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const { watch, next } = watching(file);
    expect(limitOf(watch)).toBe(2);
    writeFileSync(file, settings(5));
    expect(await next()).toMatchObject({ type: 'applied', changed: ['payments'] });
    expect(limitOf(watch)).toBe(5);
  });

  it('sees a file that another replaces by its name', async () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const { watch, next } = watching(file);
    writeFileSync(join(folder, 'new'), settings(4));
    watch.registry.get('payments');
    renameSync(join(folder, 'new'), file);
    expect(await next()).toMatchObject({ type: 'applied', changed: ['payments'] });
    expect(limitOf(watch)).toBe(4);
  });

  it("sees a ConfigMap's swap of symbolic links", async () => {
    // As the kubelet writes a volume: ..data points to a folder, and the file to what is in it.
    const write = (version: string, limit: number) => {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, 'breakers.yaml'), settings(limit));
      symlinkSync(version, join(folder, '..data_tmp'));
      renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    };
    write('..v1', 2);
    symlinkSync('..data/breakers.yaml', join(folder, 'breakers.yaml'));
    const { watch, next } = watching(join(folder, 'breakers.yaml'));
    watch.registry.get('payments');
    write('..v2', 6);
    expect(await next()).toMatchObject({ type: 'applied', changed: ['payments'] });
    expect(limitOf(watch)).toBe(6);
  });

  it('waits for a file that is still being written', async () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const { watch, next } = watching(file, { every: 200 });
    watch.registry.get('payments');
    const whole = settings(7);
    for (let length = 1; length <= whole.length; length += 10) {
      writeFileSync(file, whole.slice(0, length));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    writeFileSync(file, whole);
    let event = await next();
    // A machine that stops for longer than the wait shows a half; it is refused, and the whole follows.
    while (event.type !== 'applied' || limitOf(watch) !== 7) event = await next();
    expect(limitOf(watch)).toBe(7);
  });

  it('changes nothing for a half-written file, and says what is wrong with it', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const { watch, events } = watching(file);
    writeFileSync(file, settings(9).slice(0, 40));
    watch.check();
    expect(events).toMatchObject([{ type: 'refused', file, error: { code: 'ESETTINGS' } }]);
    expect(limitOf(watch)).toBe(2);
    writeFileSync(file, settings(3));
    watch.check();
    expect(events.at(-1)).toMatchObject({ type: 'applied' });
    expect(limitOf(watch)).toBe(3);
  });

  it('keeps what it has when the file is gone, and goes on when it is back', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const { watch, events } = watching(file);
    rmSync(file);
    watch.check();
    expect(events).toMatchObject([{ type: 'missing', file }]);
    expect(limitOf(watch)).toBe(2);
    writeFileSync(file, settings(3));
    watch.check();
    expect(limitOf(watch)).toBe(3);
  });

  it('says nothing of a file that is written again without a change', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const { watch, events } = watching(file);
    writeFileSync(file, settings(2));
    watch.check();
    expect(events).toEqual([]);
  });

  it('throws if the file is wrong when the watch begins', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, 'breakers:\n  a: { openFor: 3min }\n');
    expect(() => watchConfig(file)).toThrow(`${file}:2:17: a.openFor must be a duration`);
    expect(() => watchConfig(join(folder, 'none.yaml'))).toThrow('ENOENT');
  });

  it('forgets removed breakers only when asked to', () => {
    const file = join(folder, 'breakers.yaml');
    for (const removed of ['keep', 'delete'] as const) {
      writeFileSync(file, settings(2));
      const { watch, events } = watching(file, { removed });
      watch.registry.get('payments');
      writeFileSync(file, 'breakers:\n  search: {}\n');
      watch.check();
      expect(events).toMatchObject([{ type: 'applied', removed: ['payments'] }]);
      expect(watch.registry.peek('payments') === undefined).toBe(removed === 'delete');
      watch.close();
    }
  });

  it('changes a registry of your own, whose options it gives too', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const registry = createRegistry({ options: (key) => watch.settings.options(key) });
    const watch: Watch = watchConfig(file, registry);
    watches.push(watch);
    expect(watch.registry).toBe(registry);
    expect(limitOf(watch)).toBe(2);
    writeFileSync(file, settings(4));
    watch.check();
    expect(limitOf(watch)).toBe(4);
  });

  it('lets no listener hurt it', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const watch = watchConfig(file, {
      onEvent: () => {
        throw new Error('of the user');
      },
    });
    watches.push(watch);
    writeFileSync(file, settings(3));
    watch.check();
    expect(limitOf(watch)).toBe(3);
  });

  it.each([
    [{ every: 0 }, 'every must be a number of milliseconds greater than 0, got 0'],
    [{ removed: 'drop' }, "removed must be one of 'keep', 'delete', got 'drop'"],
    [{ interval: 5 }, "watchConfig has no option 'interval'; it takes as, env, name"],
    [{ as: 'resilience' }, "as must be one of 'circuit_breaker', 'resilience4j'"],
  ])('refuses the options %o', (options, message) => {
    expect(() => watchConfig('none.yaml', options as never)).toThrow(message);
  });
});

describe('a watch', () => {
  it('keeps no process alive', () => {
    const file = join(folder, 'breakers.yaml');
    writeFileSync(file, settings(2));
    const index = new URL('../src/index.ts', import.meta.url);
    const program = `const { watchConfig } = await import('${index}'); watchConfig(${JSON.stringify(file)}); console.log('watching');`;
    const args = ['--conditions=@switchgear/source', '--input-type=module', '--eval', program];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })).toBe('watching\n');
  });
});

describe('a reload under load', () => {
  it('loses no call and keeps the windows, at a thousand calls a second', async () => {
    const file = join(folder, 'breakers.yaml');
    const at = (version: number) =>
      `breakers:\n  payments: { openWhen: { failureRate: 90%, minimumCalls: ${100 + version} }, window: 5m, recover: { probes: ${1 + version} } }\n`;
    writeFileSync(file, at(0));
    const { watch, events } = watching(file, { every: 60_000 });
    const breaker = watch.registry.get('payments');
    const answers: Promise<number | string>[] = [];
    // 1,500 calls, 10 each 10 ms, each under way for a while, so that every reload finds calls in flight.
    for (let tick = 0; tick < 150; tick++) {
      for (let call = 0; call < 10; call++) {
        const mine = tick * 10 + call;
        const made = breaker.run(async () => {
          await new Promise((resolve) => setTimeout(resolve, 1 + (mine % 30)));
          if (mine % 10 === 0) throw new Error(String(mine));
          return mine;
        });
        answers.push(made.catch((error: Error) => (isCircuitOpen(error) ? 'refused' : error.message)));
      }
      if (tick % 10 === 5) {
        writeFileSync(file, at(tick));
        watch.check();
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const settled = await Promise.all(answers);
    expect(settled).toEqual(Array.from({ length: 1_500 }, (_, mine) => (mine % 10 === 0 ? String(mine) : mine)));
    expect(events.filter(({ type }) => type === 'applied').length).toBe(15);
    expect(breaker.metrics()).toMatchObject({ state: 'closed', calls: 1_500, failures: 150, rejected: 0, late: 0 });
  });
});
