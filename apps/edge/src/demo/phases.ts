import type { Answer, Client, ServiceName } from './client.ts';

/** One part of the scenario. */
export interface Phase {
  readonly title: string;

  /** The expected observation on every runtime. */
  readonly expected: string;

  /** Runs it and returns the observation in the same form. */
  run(client: Client): Promise<string>;
}

/** More failures than any circuit here needs. */
const OFTEN = 20;

/** How many refused requests the phase waits for. */
const REFUSED = 10;

/** A phase in which a service starts to fail in one way. */
export function failing(service: ServiceName, how: 'gives 500' | 'hangs', expected: string): Phase {
  return {
    title: `${service} ${how}`,
    expected,
    async run(client) {
      client.services[service].always(how === 'hangs' ? { does: 'hang' } : { does: 'answer', status: 500 });
      const answers: Answer[] = [];
      while (answers.length < OFTEN && (await client.stateOf(service)) === 'closed')
        answers.push(await client.ask(service));
      // On a busy machine the open period may already have elapsed, so half-open counts as open.
      return `${tally(answers)}, then ${(await client.stateOf(service)) === 'closed' ? 'closed' : 'open'}`;
    },
  };
}

/** Sends requests until this many were refused. A request after the open period is a probe and does not count. */
async function askRefused(client: Client, service: ServiceName, times: number, item?: string): Promise<Refused> {
  const answers: Answer[] = [];
  let leaks = 0;
  for (let tries = 0; answers.length < times && tries < OFTEN * times; tries++) {
    const before = client.services[service].requests;
    const answer = await client.ask(service, item);
    if (client.services[service].requests === before) answers.push(answer);
    // A probe moves the circuit, which resets its count of refusals; a leak through an open circuit does not.
    else if ((await client.circuitOf(service))?.rejected) leaks += 1;
  }
  return { answers, leaks };
}

interface Refused {
  readonly answers: readonly Answer[];

  /** Calls that went through an open circuit. */
  readonly leaks: number;
}

/** A phase with requests for an item that has a copy. */
export function withCopy(service: ServiceName): Phase {
  return {
    title: 'a known item',
    expected: `${REFUSED} × copy, ${service} gets probes only`,
    async run(client) {
      const { answers, leaks } = await askRefused(client, service, REFUSED);
      return `${tally(answers)}, ${service} ${leaks === 0 ? 'gets probes only' : `got ${leaks} requests`}`;
    },
  };
}

/** A phase with a request for an item without a copy. */
export function withoutCopy(service: ServiceName): Phase {
  return {
    title: 'a new item',
    expected: '1 × refused, with Retry-After',
    async run(client) {
      const { answers } = await askRefused(client, service, 1, 'toaster');
      return `${tally(answers)}, ${Number(answers[0]?.retryAfter) >= 1 ? 'with' : 'without'} Retry-After`;
    },
  };
}

/** A phase that checks the other service. */
export function untouched(service: ServiceName): Phase {
  return {
    title: `${service} meanwhile`,
    expected: '1 × fresh, closed, 0 failures, 0 refused',
    async run(client) {
      const answer = await client.ask(service);
      const { state, failures, rejected } = (await client.circuitOf(service)) ?? {};
      const trouble = `${failures} failures, ${rejected} refused`;
      return `${tally([answer])}, ${state}, ${trouble}`;
    },
  };
}

/** A phase in which the service recovers; requests start once the circuit is half-open. */
export function recovering(service: ServiceName): Phase {
  return {
    title: `${service} recovers`,
    expected: 'half-open by itself, 1 × fresh, half-open, 1 × fresh, closed',
    async run(client) {
      client.services[service].always(HEALTHY);
      await client.until(service, 'half-open');
      const seen = ['half-open by itself'];
      for (let i = 0; i < 2; i++) seen.push(tally([await client.ask(service)]), await client.stateOf(service));
      return seen.join(', ');
    },
  };
}

/** A healthy answer, with the fields of both services. */
export const HEALTHY = {
  does: 'answer',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ cents: 4200, currency: 'EUR', stars: 4.5 }),
} as const;

/** `5 × 502` */
export function tally(answers: readonly Answer[]): string {
  const counts = new Map<string, number>();
  for (const { what } of answers) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => `${count} × ${what}`).join(', ');
}
