import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { type WatchedBreaker, watchBreaker } from '../../src/watch-breaker.ts';
import { endingsOf, type SeenEnding, tableOfEndings } from './endings.ts';
import { mixedRequests } from './mixed-requests.ts';
import { type ObservedApp, observeApp } from './observed-app.ts';
import type { ServedHost } from './served-host.ts';
import { slowClient } from './slow-client.ts';

/** Options of `describeServed`. */
export interface DescribeServedOptions {
  /** A page that has the table of endings, word for word. */
  readonly page?: string | undefined;

  /** How many mixed requests are made over each protocol. */
  readonly requests: number;
}

/**
 * The rules that every adapter of a server keeps, tested with its real host over real connections: how each ending counts
 * and what its client sees, what a refused client is told, and that mixed requests leave nothing behind.
 */
export function describeServed(host: ServedHost, { page, requests }: DescribeServedOptions): void {
  const protocols = host.speaksHttp2 ? (['HTTP/1', 'HTTP/2'] as const) : (['HTTP/1'] as const);
  describe.each(protocols)(`${host.name} over %s`, (protocol) => {
    const http2 = protocol === 'HTTP/2';
    const seen: SeenEnding[] = [];
    let observed: ObservedApp | undefined;
    afterEach(() => observed?.close());

    async function started(watched: WatchedBreaker): Promise<ObservedApp> {
      observed = await observeApp(host, watched.breaker, { http2 });
      return observed;
    }

    const rows = [...endingsOf(host)].map(([path, expected]) => ({ path, ...expected }));
    it.each(rows)('$path: $ending counts as $ruling', async ({ path, ending, ruling, sees, client }) => {
      // A raw socket has no place for an answer in HTTP/2: the client is cut off.
      if (http2 && path === '/takes-socket') return;
      const watched = watchBreaker();
      const { get, ...app } = await started(watched);
      const settled = nextOutcome(watched);
      const row = { ending, sees: await get(path, client), ruling: await settled, calls: observed?.calls ?? 0 };
      expect(row).toEqual({ ending, ruling, sees, calls: 1 });
      expect(watched.permits, 'one permit, settled once').toMatchObject({ issued: 1, inFlight: 0, settledTwice: 0 });
      expect(app.responses.length).toBe(1);
      seen.push(row);
    });

    it('while the circuit is open no handler is reached', async () => {
      const watched = watchBreaker();
      const { get } = await started(watched);
      watched.breaker.trip();
      const row = {
        ending: 'the circuit is open',
        sees: await get('/answers'),
        ruling: 'refused',
        calls: observed?.calls ?? -1,
      };
      expect(row).toMatchObject({ sees: '503', calls: 0 });
      expect(watched.breaker.metrics().rejected).toBe(1);
      expect(watched.permits.issued).toBe(0);
      seen.push(row);
    });

    if (page !== undefined && !http2) {
      it('the table of the page says what was seen', () => {
        expect(readFileSync(page, 'utf8')).toContain(tableOfEndings(seen));
      });
    }

    // These two clients speak HTTP/1 only.
    const overHttp1 = http2 ? () => undefined : it;

    overHttp1('a refused client is told when to come back, and not who refused', async () => {
      const watched = watchBreaker();
      const { app } = await started(watched);
      watched.breaker.trip(1_500);
      const response = await fetch(`${app.url}/answers?secret=x`);
      const headers = ['retry-after', 'x-circuit-breaker', 'cache-control'].map((name) => response.headers.get(name));
      expect([response.status, ...headers]).toEqual([503, '2', 'open', 'no-store']);
      const { detail, ...problem } = (await response.json()) as Record<string, unknown>;
      const title = 'Service Unavailable';
      expect(problem).toEqual({ type: 'about:blank', title, status: 503, instance: '/answers', retryAfter: 2 });
      expect(detail).toContain('in 2 s');
      watched.breaker.setMode('isolated');
      const isolated = await fetch(`${app.url}/answers`);
      expect([isolated.status, isolated.headers.get('retry-after')]).toEqual([503, null]);
      expect(JSON.stringify(await isolated.json())).not.toContain(watched.breaker.name);
    });

    it('a probe that a client leaves frees its place for the next', async () => {
      const watched = watchBreaker();
      const { get } = await started(watched);
      watched.halfOpen();
      const settled = nextOutcome(watched);
      await get('/left', 'leaves');
      expect(await settled).toBe('ignored');
      expect(watched.breaker.state).toBe('half-open');
      expect(await get('/answers')).toBe('200');
      expect(watched.breaker.state).toBe('closed');
    });

    overHttp1('a slow client holds no probe, and is not counted before its body is in', async () => {
      const watched = watchBreaker();
      const { app, get } = await started(watched);
      watched.halfOpen();
      const slow = await slowClient(app, '/reads', 'hel', 'lo');
      expect([watched.breaker.state, watched.permits.issued]).toEqual(['half-open', 0]);
      expect(await get('/answers')).toBe('200');
      expect([watched.breaker.state, watched.outcomes]).toEqual(['closed', ['success']]);
      expect(await slow.finish()).toMatch(/^HTTP\/1.1 200 [\s\S]*5(\r\n0\r\n\r\n)?$/);
      expect(watched.outcomes).toEqual(['success', 'success']);
      expect(watched.permits).toMatchObject({ issued: 2, inFlight: 0, recorded: 0 });
    });

    it(`${requests} mixed requests leave no permit, no listener and no timer`, async () => {
      await mixedRequests(host, requests, http2);
    });
  });
}

/** The next outcome that the breaker counts: `'failure 503'`. */
function nextOutcome({ breaker }: WatchedBreaker): Promise<string> {
  return new Promise((resolve) => {
    const stop = breaker.subscribe(
      ({ type, outcome, kind }) => {
        if (type !== 'outcome') return;
        stop();
        resolve([outcome, kind].filter((each) => each !== undefined).join(' '));
      },
      { outcomes: true },
    );
  });
}
