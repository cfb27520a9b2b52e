import { consecutiveFailures, createBreaker, createRegistry, restore, snapshot } from '@switchgear/core';
import { equal, holds } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, impatient, watched } from '../kit/watched.ts';

/** Registries, snapshots and changes of options. */
export const keeping: readonly Spec[] = [
  {
    name: 'a registry makes one breaker for each key',
    run() {
      const registry = createRegistry({ options: (key) => impatient(key) });
      equal(registry.get('a'), registry.get('a'));
      holds(registry.get('a') !== registry.get('b'), 'another key, another breaker');
      equal(
        [...registry].map(({ name }) => name),
        ['a', 'b'],
      );
    },
  },
  {
    name: 'a full registry forgets the least recently used closed circuit before any open one',
    run() {
      const registry = createRegistry({ options: (key) => impatient(key), max: 3 });
      registry.get('open').trip();
      for (const key of ['a', 'b', 'a', 'c']) registry.get(key);
      equal([...registry].map(({ name }) => name).sort(), ['a', 'c', 'open']);
    },
  },
  {
    name: 'a snapshot restores an opening in another process',
    async run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(400);
      const next = watched({ clock });
      restore(next.breaker, JSON.parse(JSON.stringify(snapshot(breaker))));
      equal([next.breaker.state, next.breaker.retryAfter], ['open', 600]);
    },
  },
  {
    name: 'a change of options keeps the state',
    async run() {
      const { breaker } = watched();
      await fail(breaker);
      breaker.reconfigure({ openWhen: consecutiveFailures(3) });
      await fail(breaker);
      equal(breaker.state, 'closed');
    },
  },
  {
    name: 'breakers made from the same recipes share no mutable state',
    async run() {
      const options = impatient('twin');
      const [one, other] = [createBreaker(options), createBreaker(options)];
      await fail(one);
      await fail(one);
      equal([one.state, other.state, other.metrics().calls], ['open', 'closed', 0]);
    },
  },
];
