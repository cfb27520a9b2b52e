import type { Stretch } from '../client/arrivals.ts';
import { capacityOf, SLOTS } from '../server/service.ts';
import { type Fault, type Plot, play } from './plot.ts';
import type { Scene } from './scene.ts';

/** Requests a second while nothing special happens. */
const USUAL = 200;

const HEALTHY = { refused: 'refused', requests: 'of', failed: 'failed calls', cost: 'cost', moves: 'moves' };
const FAULTY = {
  cost: 'cost',
  ratio: 'over no breaker',
  answers: 'answers',
  requests: 'of',
  refused: 'refused',
  failed: 'failed calls',
  reacted: 'reacted, ms',
  closed: 'closed, ms',
  moves: 'moves',
};

function scene(id: string, title: string, about: string, columns: Scene['columns'], plot: Plot): Scene {
  return { id, title, about, columns, play: (policy, seed) => play(policy, seed, plot) };
}

const calm = (lasts: number, rate = USUAL): Stretch => ({ lasts, rate });

/** 1.5 times what a service with this many slots can do. */
function tooMuch(slots: number): Plot {
  return {
    slots,
    stretches: [calm(3_000), calm(8_000, 1.5 * capacityOf(slots)), calm(5_000)],
    fault: { begins: 3_000, lasts: 8_000, strike: () => undefined, mend: () => undefined },
  };
}

function away(strike: Fault['strike'], mend: Fault['mend'], rate = USUAL): Plot {
  return { stretches: [calm(13_000, rate)], fault: { begins: 3_000, lasts: 5_000, strike, mend } };
}

/** What happens to a service behind HTTP. */
export const httpScenes: readonly Scene[] = [
  scene(
    'bursts',
    'All is well: 500 requests at once',
    'Beside the usual traffic, 500 requests come at one moment every 2 s, for 8 s. The service needs half a second for them.',
    HEALTHY,
    { stretches: [calm(8_000)], bursts: { every: 2_000, requests: 500 } },
  ),
  scene(
    'stalls',
    "All is well: the client's event loop stalls",
    'The client is blocked for 400 ms every 1.5 s, for 9 s, as by a large JSON document. Answers wait, and the requests that came meanwhile begin at once.',
    HEALTHY,
    { stretches: [calm(9_000)], stalls: { every: 1_500, lasts: 400 } },
  ),
  scene(
    'overload',
    'Too much traffic',
    'For 8 s, 1.5 times what the service can do: 1,500 requests a second. Without a breaker so many time out that the client falls behind as well, which adds to the cost of that row.',
    FAULTY,
    tooMuch(SLOTS),
  ),
  scene(
    'overload-small',
    'Too much traffic, for a smaller service',
    'The same with 8 slots and 600 requests a second, which the client can always keep up with.',
    FAULTY,
    tooMuch(8),
  ),
  scene(
    'stopped',
    'The service hangs',
    'Its process is stopped (`SIGSTOP`) for 5 s.',
    FAULTY,
    away(
      (service) => service.freeze(),
      (service) => service.thaw(),
    ),
  ),
  scene(
    'killed',
    'The service is killed',
    'Its process is killed (`kill -9`) and started again 5 s later.',
    FAULTY,
    away(
      (service) => service.kill(),
      (service) => service.restart(),
    ),
  ),
  scene(
    'boot',
    'The service is down when the client starts',
    'Connections are refused from the first call on, at 50 requests a second; the service starts after 5 s. The policy has never seen it well.',
    {
      callsBefore: 'calls before',
      reacted: 'reacted, ms',
      closed: 'closed, ms',
      failed: 'failed calls',
      refused: 'refused',
      requests: 'of',
      cost: 'cost',
      ratio: 'over no breaker',
      moves: 'moves',
    },
    {
      stretches: [calm(10_000, 50)],
      fault: {
        begins: 0,
        lasts: 5_000,
        strike: (service) => service.kill(),
        mend: (service) => service.restart(),
      },
    },
  ),
];
