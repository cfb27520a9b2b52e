import { createBalancer } from '@switchgear/balancer';
import { createBreaker, failureRate } from '@switchgear/core';
import { again } from '../measure/loops.ts';
import { costOf, measureRounds, overOf, type Runner } from '../measure/rounds.ts';
import type { Table } from './table.ts';

const SIZES = [2, 10, 100, 1_000];
const permitOf = (size: number): string => `a permit of one of ${size.toLocaleString('en')} breakers`;
const routeOf = (size: number): string => `a route among ${size.toLocaleString('en')} endpoints`;

/** Permits stay unsettled, so that only the pick is measured; a rule over a window holds nothing for them while closed. */
const LEAF = { openWhen: failureRate(0.5) };

export const picks: Table = {
  id: 'picks',
  title: 'Picks of a balancer',
  about:
    'A route of `createBalancer`, beside a permit of a breaker drawn at random among as many. The difference is the pick. It should not depend on the number of endpoints, but for the caches of the machine.',
  async measure(pace) {
    const runners: Runner[] = [];
    for (const size of SIZES) {
      const endpoints = Array.from({ length: size }, (_, index) => ({ id: `${index}` }));
      const breakers = endpoints.map(({ id }) => createBreaker({ name: id, ...LEAF }));
      const balancer = createBalancer({ name: 'service', endpoints, leaf: LEAF });
      const drawn = () => breakers[Math.floor(Math.random() * size)]?.acquire();
      runners.push({ name: permitOf(size), loop: again(drawn) });
      runners.push({ name: routeOf(size), loop: again(() => balancer.route()) });
    }
    const rounds = await measureRounds(runners, pace);
    const overs = SIZES.map((size) => overOf(rounds, routeOf(size), permitOf(size)));
    const ten = overs[SIZES.indexOf(10)]?.median ?? Number.NaN;
    return {
      columns: ['', 'ns a permit', 'ns a route', 'ns a pick'],
      rows: SIZES.map((size, index) => [
        `${size.toLocaleString('en')} endpoints`,
        costOf(rounds, permitOf(size)),
        costOf(rounds, routeOf(size)),
        overs[index],
      ]),
      figures: { 'ten endpoints': ten, 'a thousand over ten': (overs.at(-1)?.median ?? Number.NaN) / ten },
    };
  },
};
