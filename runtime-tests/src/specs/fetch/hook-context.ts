import { probes } from '@switchgear/core';
import { breakerFetch } from '@switchgear/fetch';
import { around, callers } from '../kit/callers.ts';
import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';
import { told, urlOf } from './async-context.ts';

/** Whose AsyncLocalStorage store the hooks of `breakerFetch` and the readers of observed bodies see. */
export const fetchHookContext: readonly Spec[] = [
  {
    name: 'fetch: the breaker function, classify, listeners and onOpen run in the store of the caller',
    needs: ['fetch', 'asyncContext'],
    async run() {
      const all = await callers();
      const { breaker } = watched({ recover: probes({ permitted: 3 }) });
      breaker.subscribe(({ type }) => all.note(type), { outcomes: true });
      breaker.trip();
      breaker.halfOpen();
      const protectedFetch = breakerFetch({
        breaker: ({ url }) => {
          all.named(nameIn(url)).note('breaker');
          return breaker;
        },
        fetch: async (input) => {
          await all.named('').turn();
          return new Response(nameIn(String(input)));
        },
        classify: () => all.note('classify') as undefined,
        onOpen: async (_, { url }) => {
          all.named(nameIn(url)).note('onOpen');
          await all.named('').turn();
          return new Response(nameIn(url));
        },
      });
      await all.all(async (caller) => {
        caller.note(await (await protectedFetch(`http://a.example/${caller.name}`)).text());
      });
      const asked = (name: string) => [name, 'breaker', 'classify', 'outcome'].sort();
      const { ann = [], bob, cid, dot, nobody } = all.seen();
      // The order of the answers, and so the one that closes the circuit, is not specified.
      const withoutMoves = (seen: readonly string[] = []) => seen.filter((each) => each !== 'move');
      equal([ann, bob, cid].map(withoutMoves), [asked('ann'), asked('bob'), asked('cid')]);
      equal(
        [dot, nobody],
        [
          ['breaker', 'dot', 'onOpen', 'reject'],
          ['move', 'move'],
        ],
      );
    },
  },
  {
    name: 'fetch: the reader of an observed body continues in its own store, even if the body breaks off',
    needs: ['fetch', 'server', 'asyncContext'],
    async run(surroundings) {
      const all = await callers();
      const { breaker } = watched();
      const protectedFetch = breakerFetch({ breaker, observeBody: true });
      const does = { ann: '/answer/200', bob: '/half-body', cid: '/answer/201', dot: '/half-body' };
      await all.all(async (caller) => {
        const answer = await protectedFetch(urlOf(surroundings, does[caller.name as 'ann']));
        caller.note('answered');
        await caller.turn();
        await around(caller, () => answer.text(), told);
      });
      const read = (how: string) => ['after', 'answered', 'asked', how, 'then'].sort();
      const [whole, broken] = [read('answered undefined'), read('failed')];
      equal(all.seen(), { ann: whole, bob: broken, cid: whole, dot: broken });
    },
  },
];

const nameIn = (url: string): string => new URL(url).pathname.slice(1);
