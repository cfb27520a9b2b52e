import { TIME_LIMIT } from '../upstreams.ts';
import type { ServiceName, Sight, Stage } from './stage.ts';

/** One part of the story. */
export interface Act {
  readonly title: string;

  /** What every runtime is to see. */
  readonly expected: string;

  /** Plays it and says what was seen, in the same words. */
  play(stage: Stage): Promise<string>;
}

/** More failures than any circuit here needs. */
const OFTEN = 20;

/** How often somebody asks while a circuit is open: it is for half a second, on a machine that may be busy. */
const ASKED = 10;

/** An act in which a service begins to fail, each call in the same way. */
export function failing(service: ServiceName, how: 'answers 500' | 'hangs', expected: string): Act {
  return {
    title: `${service} ${how}`,
    expected,
    async play(stage) {
      stage.services[service].always(how === 'hangs' ? { does: 'hang' } : { does: 'answer', status: 500 });
      const sights: Sight[] = [];
      while (sights.length < OFTEN && (await stage.stateOf(service)) === 'closed')
        sights.push(await stage.ask(service));
      return `${tally(sights)}, then ${await stage.stateOf(service)}`;
    },
  };
}

/** An act in which people go on asking for what has been shown before. */
export function staying(service: ServiceName): Act {
  return {
    title: 'people go on asking',
    expected: `${ASKED} × copy, none as slow as a time limit, ${service} left alone`,
    async play(stage) {
      const before = stage.services[service].requests;
      const sights: Sight[] = [];
      for (let i = 0; i < ASKED; i++) sights.push(await stage.ask(service));
      const slow = sights.filter(({ after }) => after >= TIME_LIMIT).length;
      const asked = stage.services[service].requests - before;
      const speed = slow === 0 ? 'none as slow as a time limit' : `${slow} as slow as a time limit`;
      return `${tally(sights)}, ${speed}, ${service} ${asked === 0 ? 'left alone' : `asked ${asked} times`}`;
    },
  };
}

/** An act in which somebody asks for what nobody has asked for before. */
export function withoutCopy(service: ServiceName): Act {
  return {
    title: 'somebody asks for something new',
    expected: '1 × refused, come back in 1 s',
    async play(stage) {
      const sight = await stage.ask(service, 'toaster');
      return `${tally([sight])}, come back in ${sight.retryAfter} s`;
    },
  };
}

/** An act about the other service. */
export function untouched(service: ServiceName): Act {
  return {
    title: `${service} meanwhile`,
    expected: '1 × fresh, closed, no failures, nobody refused',
    async play(stage) {
      const sight = await stage.ask(service);
      const { state, failures, rejected } = (await stage.circuitOf(service)) ?? {};
      const trouble = `${failures || 'no'} failures, ${rejected || 'nobody'} refused`;
      return `${tally([sight])}, ${state}, ${trouble}`;
    },
  };
}

/** An act in which the service is back, nobody asks until the circuit is half-open, and then people do. */
export function recovering(service: ServiceName): Act {
  return {
    title: `${service} is back`,
    expected: 'half-open by itself, 1 × fresh, half-open, 1 × fresh, closed',
    async play(stage) {
      stage.services[service].always(WELL);
      await stage.until(service, 'half-open');
      const seen = ['half-open by itself'];
      for (let i = 0; i < 2; i++) seen.push(tally([await stage.ask(service)]), await stage.stateOf(service));
      return seen.join(', ');
    },
  };
}

/** How a service answers when it is well: as both kinds do, for it makes no difference here. */
export const WELL = {
  does: 'answer',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ cents: 4200, currency: 'EUR', stars: 4.5 }),
} as const;

/** `5 × 502` */
export function tally(sights: readonly Sight[]): string {
  const counts = new Map<string, number>();
  for (const { what } of sights) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${count} × ${what}`).join(', ');
}
