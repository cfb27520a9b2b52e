import { equal, holds } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import type { EdgeAnswer } from './answers.ts';

/** How many clients there are at the same time. */
const CLIENTS = 12;

/** Whose AsyncLocalStorage store requests of a Worker see that share a breaker: each line below is a request of its own. */
export const edgeContext: readonly Spec[] = ['route', 'fetch', 'proxy', 'binding'].map((way) => ({
  name: `edge, ${way}: requests at the same time see their own stores, call and answer, while closed, open and half-open`,
  needs: ['server'],
  async run({ server, elsewhere }) {
    const look = async (does: string) => (await (await fetch(`${server}/${way}/${does}`)).json()) as EdgeAnswer;
    const ask = async (client: string, status: number) => {
      const upstream = encodeURIComponent(`${elsewhere}/answer/${status}?client=${client}`);
      await (await fetch(`${server}/${way}/ask?ask=${upstream}`, { headers: { client } })).text();
    };
    const all = (status: number) => Promise.all(Array.from({ length: CLIENTS }, (_, i) => ask(`client ${i}`, status)));

    await look('reset');
    await all(200);
    equal([...(await look('state')).whereFound].sort(), [
      ...Array(CLIENTS).fill('answered'),
      ...Array(CLIENTS).fill('call'),
    ]);

    await all(503);
    equal((await look('state')).state, 'open');
    await all(200);
    await look('half-open');
    await all(200);
    const { whereFound, state } = await look('state');
    equal([[...new Set(whereFound)].sort(), state], [['answered', 'call', 'refused'], 'closed']);
    holds(whereFound.length > 4 * CLIENTS, 'each request is followed');
  },
}));
