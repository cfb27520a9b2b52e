import { guardStream } from '@switchgear/core';
import { callers } from '../kit/callers.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

/** The AsyncLocalStorage store that a guarded stream sees. Several callers may read from one stream. */
export const streamContext: readonly Spec[] = [
  {
    name: 'guardStream: the call is made in the store of the first reader, and each chunk is read in the store of its reader',
    needs: ['asyncContext'],
    async run() {
      const all = await callers();
      const { breaker } = watched();
      let chunk = 0;
      const source = {
        [Symbol.asyncIterator]: () => source,
        async next() {
          all.note(`source ${++chunk}`);
          await all.named('').turn();
          all.note(`source ${chunk}, later`);
          return { done: false, value: chunk };
        },
      };
      const stream = all.store.run('dot', () =>
        guardStream(breaker, () => {
          all.note('open');
          return source;
        }),
      );
      for (const name of ['ann', 'bob', 'ann']) {
        await all.store.run(name, async () => {
          const { value } = await stream.next();
          all.named(name).note(`read ${value}`);
        });
      }
      equal(all.seen(), {
        ann: ['open', 'read 1', 'read 3', 'source 1', 'source 1, later', 'source 3', 'source 3, later'],
        bob: ['read 2', 'source 2', 'source 2, later'],
        cid: [],
        dot: [],
      });
    },
  },
  {
    name: 'guardStream: return and throw of the source run in the store of the reader that leaves',
    needs: ['asyncContext'],
    async run() {
      const all = await callers();
      const { breaker } = watched();
      const source = {
        [Symbol.asyncIterator]: () => source,
        next: async () => ({ done: false, value: 1 }),
        async return() {
          all.note('return');
          return { done: true as const, value: undefined };
        },
        async throw() {
          all.note('throw');
          return { done: true as const, value: undefined };
        },
      };
      const [left, failed] = [guardStream(breaker, () => source), guardStream(breaker, () => source)];
      await all.store.run('ann', () => Promise.all([left.next(), failed.next()]));
      await all.store.run('bob', () => left.return().then(() => all.note('left')));
      await all.store.run('cid', () => failed.throw(new Error('enough')).then(() => all.note('left')));
      equal(all.seen(), { ann: [], bob: ['left', 'return'], cid: ['left', 'throw'], dot: [] });
    },
  },
  {
    name: 'guardStream: isLast, classify and listeners run in the store of the reader',
    needs: ['asyncContext'],
    async run() {
      const all = await callers();
      const { breaker } = watched();
      breaker.subscribe(({ type }) => all.note(type), { outcomes: true });
      await all.all(async ({ name, turn }) => {
        const chunks = async function* () {
          for (const chunk of [1, 2]) {
            await turn();
            yield chunk;
          }
          if (name === 'bob') throw new Error('broken off');
        };
        const isLast = (chunk: number) => {
          all.named(name).note(`isLast ${chunk}`);
          return chunk === 2;
        };
        const stream = guardStream(breaker, chunks, {
          isLast,
          classify: () => all.named(name).note('classify') as undefined,
        });
        try {
          for await (const chunk of stream) all.named(name).note(`read ${chunk}`);
        } catch {
          all.named(name).note('broken');
        }
      });
      const whole = ['classify', 'isLast 1', 'isLast 2', 'outcome', 'read 1', 'read 2'];
      equal(all.seen(), { ann: whole, bob: ['broken', ...whole], cid: whole, dot: whole });
    },
  },
];
