import { createBalancer, roundRobin } from '@switchgear/balancer';
import { adaptive, fixed } from '@switchgear/core';
import { breakerFetch } from '@switchgear/fetch';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TroubledServer, troubledServers } from '../src/endpoints/servers.ts';

let servers: readonly TroubledServer[];

/** Evenly spread, and the same each time. */
function golden(): () => number {
  let turn = 0;
  return () => (turn++ * 0.618_033_988_749_895) % 1;
}

beforeEach(async () => {
  servers = await troubledServers(5, golden());
});
afterEach(() => Promise.all(servers.map((server) => server.close())));

const balancerOf = () =>
  createBalancer({
    name: 'five',
    endpoints: servers.map(({ url }, index) => ({ id: `${index}`, url })),
    maxEjected: 0.6,
    // By cost one that does not answer is hardly called, long before it is ejected.
    pick: roundRobin(),
    // No probe may come in between, however long the test takes.
    leaf: { ...adaptive({ breakEven: 0.1 }), openFor: fixed(600_000) },
  });
const isEjected = (balancer: ReturnType<typeof balancerOf>, id: string) =>
  balancer.rows().some((row) => row.id === id && row.state === 'open');

describe('five real servers', () => {
  it('of which one never answers are called without it, and every request is answered', async () => {
    const balancer = balancerOf();
    const send = breakerFetch({ route: balancer });
    const ask = async (limit: number) => {
      const answer = await send('/', { signal: AbortSignal.timeout(limit) });
      await answer.text();
      return answer.status;
    };
    const many = (limit: number) => Promise.allSettled(Array.from({ length: 10 }, () => ask(limit)));
    for (let round = 0; round < 20; round++) await many(10_000);
    (servers[0] as TroubledServer).trouble = 'black hole';
    for (let round = 0; round < 60 && !isEjected(balancer, '0'); round++) await many(250);
    expect(isEjected(balancer, '0')).toBe(true);
    const statuses = await many(10_000);
    expect(statuses.every((each) => each.status === 'fulfilled' && each.value === 200)).toBe(true);
  });

  it('that all fail 40 % of their calls are all kept', async () => {
    const balancer = balancerOf();
    const send = breakerFetch({ route: balancer });
    let most = 0;
    for (let round = 0; round < 40; round++) {
      if (round === 10) for (const server of servers) server.trouble = 'failing';
      await Promise.all(Array.from({ length: 10 }, async () => void (await send('/').catch(() => undefined))));
      most = Math.max(most, balancer.rows().filter(({ state }) => state === 'open').length);
    }
    expect(most).toBe(0);
  });
});
