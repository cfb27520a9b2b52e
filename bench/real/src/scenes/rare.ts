import { type Clock, install } from '@sinonjs/fake-timers';
import { type Figures, figuresOf, type Move } from '../client/figures.ts';
import { observed, type Request } from '../client/traffic.ts';
import type { Policy } from '../policies/policy.ts';
import { Service } from '../server/service.ts';
import type { Scene } from './scene.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A client that calls rarely. Between calls the clock is moved; calls and service are real. */
interface RareClient {
  readonly service: Service;
  readonly moves: Move[];
  readonly requests: Request[];

  /** Makes calls, this many at a time, and waits for them. */
  calls(count: number, together: number): Promise<readonly Request[]>;

  /** Lets time pass, for everything in this process. */
  pass(ms: number): void;
}

/**
 * Plays with the clock and the timers of this process replaced, because rare calls take hours. The clock follows real time
 * during calls: it is set to it before a policy sees an ending, or all endings of a burst would come at one instant.
 */
async function rarely(policy: Policy, play: (client: RareClient) => Promise<Figures>): Promise<Figures> {
  const service = await Service.start();
  const [bareFetch, now] = [globalThis.fetch, performance.now.bind(performance)];
  const clock: Clock = install({
    toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  });
  let latest = now();
  const follow = () => {
    clock.tick(now() - latest);
    latest = now();
  };
  globalThis.fetch = (...request) => bareFetch(...request).finally(follow);
  try {
    const moves: Move[] = [];
    const requests: Request[] = [];
    const protection = policy.start((to) => moves.push({ to, at: performance.now() }));
    const call = async () => (await protection.fetch(service.origin)).text();
    const calls = async (count: number, together: number) => {
      const made: Request[] = [];
      while (made.length < count) {
        follow();
        made.push(...(await Promise.all(Array.from({ length: together }, () => observed(call)))));
      }
      requests.push(...made);
      return made;
    };
    return await play({ service, moves, requests, calls, pass: (ms) => void clock.tick(ms) });
  } finally {
    globalThis.fetch = bareFetch;
    clock.uninstall();
    await service.end();
  }
}

const count = (requests: readonly Request[], ending: Request['ending']): number =>
  requests.filter((each) => each.ending === ending).length;

/** A call a second: a minute well, half a minute down, a minute well. */
async function oneASecond({ service, moves, requests, calls, pass }: RareClient): Promise<Figures> {
  const second = async () => {
    await calls(1, 1);
    pass(SECOND);
  };
  for (let at = 0; at < 60; at++) await second();
  const refusedWell = count(requests, 'refusal');
  await service.kill();
  let untilOpen: number | null = null;
  for (let at = 1; at <= 30; at++) {
    await second();
    if (untilOpen === null && moves.some(({ to }) => to === 'open')) untilOpen = at;
  }
  const failed = count(requests, 'failure');
  await service.restart();
  const down = requests.length;
  for (let at = 0; at < 60; at++) await second();
  const refusedAfter = count(requests.slice(down), 'refusal');
  return { ...figuresOf(requests, moves), refusedWell, untilOpen, failed, refusedAfter };
}

/** Fifty calls every ten minutes: six times well, once down, once well again. */
async function job(together: number, { service, moves, requests, calls, pass }: RareClient): Promise<Figures> {
  for (let run = 0; run < 6; run++) {
    await calls(50, together);
    pass(10 * MINUTE);
  }
  const refusedWell = count(requests, 'refusal');
  await service.kill();
  const failed = count(await calls(50, together), 'failure');
  pass(10 * MINUTE);
  await service.restart();
  const refusedAfter = count(await calls(50, together), 'refusal');
  return { ...figuresOf(requests, moves), refusedWell, failed, refusedAfter };
}

const jobColumns = {
  refusedWell: 'refused while well, of 300',
  failed: 'failed while down, of 50',
  refusedAfter: 'refused afterwards, of 50',
  ratio: 'over no breaker',
  moves: 'moves',
};

/** What happens to clients that call rarely. */
export const rareScenes: readonly Scene[] = [
  {
    id: 'one-a-second',
    title: 'One call a second',
    about: 'A minute well, half a minute down (connections refused), a minute well.',
    columns: {
      refusedWell: 'refused while well, of 60',
      untilOpen: 'failing calls until open',
      failed: 'failed while down, of 30',
      refusedAfter: 'refused afterwards, of 60',
      ratio: 'over no breaker',
      moves: 'moves',
    },
    play: (policy) => rarely(policy, oneASecond),
  },
  {
    id: 'job-at-once',
    title: 'Fifty calls at once, every ten minutes',
    about: 'Six runs while the service is well, one while it is down, one when it is back.',
    columns: jobColumns,
    play: (policy) => rarely(policy, (client) => job(50, client)),
  },
  {
    id: 'job-by-fives',
    title: 'Fifty calls, five at a time, every ten minutes',
    about: 'The same job, making five calls and waiting for them before the next five.',
    columns: jobColumns,
    play: (policy) => rarely(policy, (client) => job(5, client)),
  },
];
