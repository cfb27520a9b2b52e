import { createBreaker, createRegistry, exponential, failureRate, probes, timeWindow } from '@switchgear/core';
import { bytesOf } from '../measure/heap.ts';
import { howMany } from '../measure/pace.ts';
import { heavyPeers, ours, peers } from '../subjects/all-subjects.ts';
import { effect } from '../subjects/effect.ts';
import type { Guarded } from '../subjects/subject.ts';
import { RULE } from '../subjects/subject.ts';
import { succeeds } from './compare.ts';
import type { Cell, Table } from './table.ts';

/** What a registry's breakers have in common. */
const policy = {
  openWhen: failureRate(0.5),
  window: timeWindow(10_000),
  openFor: exponential(5_000),
  recover: probes({ permitted: 1, successes: 2, failures: 1 }),
};

/** As in a busy minute: the window has been made and has begun to turn. */
const CALLS = 20;

export const memory: Table = {
  id: 'memory',
  title: 'Memory of a breaker',
  about:
    'Heap bytes of a breaker with plugs of its own: new, and after twenty calls. Then breakers of one registry, which share their plugs.',
  async measure(pace) {
    const figures: Record<string, number> = {};
    const rows: Cell[][] = [];
    const add = (name: string, { idle, used }: { idle: number; used: number }): void => {
      figures[`${name}: idle`] = idle;
      figures[`${name}: used`] = used;
      rows.push([name, idle, used]);
    };
    for (const { name, make } of [...ours, ...peers, ...heavyPeers.filter((each) => each !== effect)]) {
      const made: Guarded[] = [];
      const weighed = await bytesOf(
        () => {
          const guarded = make(RULE);
          // Listing it costs eight bytes, which are the list's.
          made.push(guarded);
          return guarded;
        },
        howMany(pace, 1_000, 5),
        pace,
        async (all) => {
          for (const { call } of all) for (let i = 0; i < CALLS; i++) await call(succeeds);
        },
      );
      for (const { close } of made) close?.();
      add(name, weighed);
    }
    add(
      'switchgear, defaults',
      await bytesOf(
        () => createBreaker({ name: 'made' }),
        howMany(pace, 5_000, 5),
        pace,
        async (all) => {
          for (const breaker of all) for (let i = 0; i < CALLS; i++) await breaker.run(succeeds);
        },
      ),
    );
    const many = howMany(pace, 100_000, 50);
    const keys = Array.from({ length: many + 200 }, (_, i) => `https://host-${i}.example`);
    const registry = createRegistry({ options: (key) => ({ name: key, ...policy }), max: many + 200 });
    add(
      'switchgear, in a registry',
      await bytesOf(
        // Those made before the weighing have the last keys.
        (i) => registry.get(keys.at(i) as string),
        many,
        pace,
        async (all) => {
          for (const breaker of all) for (let i = 0; i < CALLS; i++) await breaker.run(succeeds);
        },
      ),
    );
    figures['registry: timers'] = process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    figures['registry: size'] = registry.size;
    return { columns: ['', 'B idle', `B after ${CALLS} calls`], rows, figures };
  },
};
