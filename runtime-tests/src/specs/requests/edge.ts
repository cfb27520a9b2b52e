import { equal, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import type { EdgeAnswer } from './answers.ts';

/** How calls go out whose upstream is a server. */
const OUTWARD = ['route', 'fetch', 'proxy', 'binding'] as const;

/**
 * What has to hold in a Worker's adapters when requests share a breaker: each line below is a request of its own. The Worker is
 * the `server`; what it asks is `elsewhere`.
 */
export const edge: readonly Spec[] = [
  ...OUTWARD.map(
    (way): Spec => ({
      name: `edge, ${way}: two requests open the circuit, others are refused, one probe closes it, and the isolate stays`,
      needs: ['server'],
      async run({ server, elsewhere: upstream = '' }) {
        const worker = client(server, way);
        const { isolate } = await worker.look('reset');
        equal(await worker.ask(`${upstream}/answer/503`), 503);
        equal((await worker.look()).state, 'closed');
        equal(await worker.ask(`${upstream}/answer/503`), 503);
        const refused = await Promise.all(Array.from({ length: 20 }, () => worker.refused(`${upstream}/answer/200`)));
        equal(refused, Array(20).fill(true));
        await worker.look('half-open');
        equal(await worker.ask(`${upstream}/answer/200`), 200);
        const { state, isolate: same, outcomes } = await worker.look();
        equal([state, same, outcomes], ['closed', isolate, ['failure 503', 'failure 503', 'success']]);
      },
    }),
  ),
  ...OUTWARD.map(
    (way): Spec => ({
      name: `edge, ${way}: a client that leaves in mid-stream leaves no state behind and frees the place of a probe`,
      needs: ['server'],
      async run({ server, elsewhere: upstream = '' }) {
        const worker = client(server, way);
        await worker.opened(upstream);
        await worker.look('half-open');
        const stop = new AbortController();
        const answer = await worker.fetch(`${upstream}/drip`, stop.signal);
        const reader = answer.body?.getReader();
        equal(new TextDecoder().decode((await reader?.read())?.value), 'first');
        equal((await worker.look()).state, 'closed');
        stop.abort();
        await reader?.read().catch(() => undefined);
        for (let i = 0; i < 5; i++) equal(await worker.ask(`${upstream}/answer/200`), 200);
        const { state, outcomes } = await worker.look();
        equal([state, outcomes.slice(2)], ['closed', Array(6).fill('success')]);
      },
    }),
  ),
  ...OUTWARD.map(
    (way): Spec => ({
      name: `edge, ${way}: the place of a probe whose client left before the answer is free again`,
      needs: ['server'],
      async run({ server, elsewhere: upstream = '' }) {
        const worker = client(server, way);
        await worker.opened(upstream);
        await worker.look('half-open');
        const stop = new AbortController();
        const key = `${way}-${Date.now()}`;
        const left = worker.fetch(`${upstream}/hang?as=${key}`, stop.signal).catch(() => 'left');
        const reached = async () => Number(await (await fetch(`${upstream}/reached?as=${key}`)).text());
        await until(async () => (await reached()) === 1, 'the probe is under way');
        stop.abort();
        equal(await left, 'left');
        const { lost } = await worker.look();
        await until(async () => (await worker.ask(`${upstream}/answer/200`)) === 200, 'its place is free');
        const after = await worker.look();
        equal([after.state, after.lost - lost], ['closed', 1]);
      },
    }),
  ),
  {
    name: 'edge, binding: an error of another Worker comes through unchanged and is a failure',
    needs: ['server'],
    async run({ server }) {
      const worker = client(server, 'binding');
      await worker.look('reset');
      const answer = await fetch(`${server}/binding/fails`);
      equal([answer.status, await answer.text()], [502, 'on the other side']);
      equal((await worker.look()).outcomes, ['failure remote']);
    },
  },
  {
    name: 'edge, rpc: an error of a method is a failure, even if it looks like a local abort',
    needs: ['server'],
    async run({ server }) {
      const worker = client(server, 'rpc');
      await worker.look('reset');
      for (const how of ['RangeError', 'AbortError']) {
        equal((await fetch(`${server}/rpc/fails?how=${how}`)).status, 502);
      }
      equal(await worker.look().then(({ state, outcomes }) => [state, ...outcomes]), [
        'open',
        'failure remote',
        'failure remote',
      ]);
    },
  },
];

interface Client {
  /** One call through the Worker. */
  fetch(url: string, signal?: AbortSignal): Promise<Response>;

  /** The status of one, once all of it is there. */
  ask(url: string): Promise<number>;

  /** Whether the circuit refuses one. */
  refused(url: string): Promise<boolean>;
  look(does?: 'reset' | 'state' | 'half-open'): Promise<EdgeAnswer>;

  /** Opens the circuit by two failures. */
  opened(upstream: string): Promise<void>;
}

/** The local host of Workers compresses, and keeps the beginning of a stream until there is more of it. */
const UNCOMPRESSED = { 'accept-encoding': 'identity' };

function client(server: string | undefined, way: string): Client {
  const made: Client = {
    fetch: (url, signal = AbortSignal.timeout(5_000)) =>
      fetch(`${server}/${way}/ask?ask=${encodeURIComponent(url)}`, { signal, headers: UNCOMPRESSED }),
    async ask(url) {
      const answer = await made.fetch(url);
      await answer.text();
      return answer.status;
    },
    async refused(url) {
      const answer = await made.fetch(url);
      await answer.text();
      return answer.status === 503 && answer.headers.get('x-circuit-breaker') === 'open';
    },
    look: async (does = 'state') => (await (await fetch(`${server}/${way}/${does}`)).json()) as EdgeAnswer,
    async opened(upstream) {
      await made.look('reset');
      for (let i = 0; i < 2; i++) await made.ask(`${upstream}/answer/503`);
      equal((await made.look()).state, 'open');
    },
  };
  return made;
}
