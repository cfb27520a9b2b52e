import { setTimeout as pause } from 'node:timers/promises';
import { arrivals, type Stretch } from '../client/arrivals.ts';
import { type Figures, figuresOf, type Move, reaction } from '../client/figures.ts';
import { traffic } from '../client/traffic.ts';
import type { Policy } from '../policies/policy.ts';
import { Service } from '../server/service.ts';
import { TIME_LIMIT } from './scene.ts';

/** What happens beside the traffic. Times are in milliseconds. */
export interface Plot {
  /** Slots of the service. */
  readonly slots?: number;
  readonly stretches: readonly Stretch[];

  /** So many extra requests at one moment. */
  readonly bursts?: { readonly every: number; readonly requests: number };

  /** The client's event loop is blocked. */
  readonly stalls?: { readonly every: number; readonly lasts: number };
  readonly fault?: Fault;
}

/** Something that is wrong with the service for a while. */
export interface Fault {
  readonly begins: number;
  readonly lasts: number;
  readonly strike: (service: Service) => unknown;
  readonly mend: (service: Service) => unknown;
}

/** Plays a plot against a service of its own. */
export async function play(policy: Policy, seed: number, plot: Plot): Promise<Figures> {
  const { slots, stretches, bursts, stalls, fault } = plot;
  const service = await Service.start(slots);
  try {
    const moves: Move[] = [];
    const protection = policy.start((to) => moves.push({ to, at: performance.now() }));
    const call = async () => {
      const response = await protection.fetch(service.origin, { signal: AbortSignal.timeout(TIME_LIMIT) });
      await response.text();
    };
    const whole = stretches.reduce((sum, { lasts }) => sum + lasts, 0);
    const times = arrivals(stretches, seed);
    if (bursts) for (const at of multiples(bursts.every, whole)) times.push(...Array(bursts.requests).fill(at));
    if (stalls) for (const at of multiples(stalls.every, whole)) setTimeout(() => block(stalls.lasts), at);
    times.sort((a, b) => a - b);
    const [requests, span] = await Promise.all([traffic(call, times), fault && happen(fault, service)]);
    return { ...figuresOf(requests, moves), ...(span && reaction(requests, moves, span)) };
  } finally {
    await service.end();
  }
}

async function happen({ begins, lasts, strike, mend }: Fault, service: Service) {
  await pause(begins);
  const broke = performance.now();
  await strike(service);
  await pause(lasts);
  // A service that has to start first is back when it listens.
  await mend(service);
  return { broke, mended: performance.now() };
}

function multiples(step: number, end: number): number[] {
  return Array.from({ length: Math.ceil(end / step) - 1 }, (_, i) => (i + 1) * step);
}

function block(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}
