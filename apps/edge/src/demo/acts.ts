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

/** How often somebody is refused before the act is over. */
const REFUSED = 10;

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
      // On a busy machine its time may be over before anybody looks.
      return `${tally(sights)}, then ${(await stage.stateOf(service)) === 'closed' ? 'closed' : 'open'}`;
    },
  };
}

/** Asks until this many were refused. A call that came when the circuit's time was over was its probe, and is none of them. */
async function askRefused(stage: Stage, service: ServiceName, times: number, item?: string): Promise<Refused> {
  const sights: Sight[] = [];
  let leaks = 0;
  for (let tries = 0; sights.length < times && tries < OFTEN * times; tries++) {
    const before = stage.services[service].requests;
    const sight = await stage.ask(service, item);
    if (stage.services[service].requests === before) sights.push(sight);
    // A probe moves the circuit, and its refusals are counted from there; what is let through while it is open does not.
    else if ((await stage.circuitOf(service))?.rejected) leaks += 1;
  }
  return { sights, leaks };
}

interface Refused {
  readonly sights: readonly Sight[];

  /** Calls that went through an open circuit. */
  readonly leaks: number;
}

/** An act in which people go on asking for what has been shown before. */
export function staying(service: ServiceName): Act {
  return {
    title: 'people go on asking',
    expected: `${REFUSED} × copy, ${service} left alone but for probes`,
    async play(stage) {
      const { sights, leaks } = await askRefused(stage, service, REFUSED);
      return `${tally(sights)}, ${service} ${leaks === 0 ? 'left alone but for probes' : `asked ${leaks} times`}`;
    },
  };
}

/** An act in which somebody asks for what nobody has asked for before. */
export function withoutCopy(service: ServiceName): Act {
  return {
    title: 'somebody asks for something new',
    expected: '1 × refused, told when to come back',
    async play(stage) {
      const { sights } = await askRefused(stage, service, 1, 'toaster');
      return `${tally(sights)}, ${Number(sights[0]?.retryAfter) >= 1 ? '' : 'not '}told when to come back`;
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
