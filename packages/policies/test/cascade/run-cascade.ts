import { type FaultServer, faultServer } from '@switchgear/testkit';
import { deadlineHeaders, deadlineIn } from '../../src/index.ts';
import { bareService, type ProtectedService, type Service, serviceA, serviceB } from './services.ts';

/** A calls B calls C, over HTTP. */
export interface Cascade {
  readonly a: Service;
  readonly b: Service;
  readonly c: FaultServer;
  close(): Promise<void>;
}

/** The same, with policies in A and B. */
export interface ProtectedCascade extends Cascade {
  readonly a: ProtectedService;
  readonly b: ProtectedService;
}

/** What the customers of A saw. */
export interface Seen {
  readonly asked: number;
  readonly answered: number;

  /** Answered with less than C would have said. */
  readonly degraded: number;

  /** Milliseconds until a customer had an answer, or gave up. */
  readonly slowest: number;
  readonly median: number;

  /** Requests that reached C. */
  readonly reachedC: number;
}

/** Starts the three with policies: B asks C for `limit` milliseconds at most, and A asks B for three times as long. */
export async function protectedCascade(limit: number): Promise<ProtectedCascade> {
  const c = await faultServer();
  const b = await serviceB(c.url, limit);
  const a = await serviceA(b.url, 3 * limit);
  return { a, b, c, close: () => closeAll(a, b, c) };
}

/** Starts the three without. */
export async function bareCascade(): Promise<Cascade> {
  const c = await faultServer();
  const b = await bareService(c.url);
  const a = await bareService(b.url);
  return { a, b, c, close: () => closeAll(a, b, c) };
}

async function closeAll(...all: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const each of all) await each.close();
}

/** Lets a number of customers call A, some at a time, each with a deadline in milliseconds. */
export async function askA({ a, c }: Cascade, customers: number, patience: number, atOnce: number = 10): Promise<Seen> {
  const before = c.requests;
  const waits: number[] = [];
  const served: (string | undefined)[] = [];
  let next = 0;
  async function customer(): Promise<void> {
    while (next < customers) {
      next++;
      const begun = performance.now();
      served.push(await answerOf(a.url, patience));
      waits.push(performance.now() - begun);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, customer));
  waits.sort((one, other) => one - other);
  return {
    asked: customers,
    answered: served.filter((by) => by !== undefined).length,
    degraded: served.filter((by) => by === 'degraded').length,
    slowest: Math.round(waits.at(-1) ?? 0),
    median: Math.round(waits[waits.length >> 1] ?? 0),
    reachedC: c.requests - before,
  };
}

/** Who served, or `undefined` for a customer who had no answer in time. */
async function answerOf(url: string, patience: number): Promise<string | undefined> {
  try {
    const headers = deadlineHeaders(deadlineIn(patience));
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) });
    await response.text();
    return response.ok ? (response.headers.get('x-served-by') ?? 'call') : undefined;
  } catch {
    return undefined;
  }
}
