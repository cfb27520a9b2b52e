import { describe, expect, it } from 'vitest';
import { clients } from './clients/all-clients.ts';
import { type Tried, tryClient } from './clients/try-client.ts';
import { watch } from './watch.ts';

const PAGE = '../../../docs/guides/fetch-in-clients.md';

describe.each(clients)('$name', ({ ask, told }) => {
  it('gets its answers through a protected fetch', async () => {
    const { fetch, permits } = watch({ fetch: async () => Response.json({ data: { wind: 5 }, wind: 5 }) });
    expect(await ask(fetch)).toMatchObject({ wind: 5 });
    expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
  });

  it.each(['throw', 'respond'] as const)('sends nothing out while the circuit is open (%s)', async (onOpen) => {
    const { calls, reached } = await tryClient(ask, onOpen);
    expect(reached).toBe(0);
    if (!told) expect(calls).toBe(1);
  });
});

const told = clients.flatMap(({ name, told }) => (told ? [[name, told.how, told.ask] as const] : []));

it.each(told)('%s repeats no refusal once it is configured: %s', async (_name, _how, ask) => {
  expect(await tryClient(ask, 'throw')).toMatchObject({ calls: 1, reached: 0, after: 0 });
});

it('the page says of each client what this test sees', async () => {
  const rows: string[] = [];
  for (const { name, given, ask, told } of clients) {
    for (const onOpen of ['throw', 'respond'] as const) {
      const tried = await tryClient(ask, onOpen);
      const then = told ? timesOf(await tryClient(told.ask, onOpen)) : '';
      const cells = [name, onOpen === 'throw' ? 'thrown' : 'answered', tried.seen, timesOf(tried), tried.reached, then];
      rows.push(`| ${cells.join(' | ')} |`);
    }
    rows.push(`| | | with \`${given}\`${told ? `; configured by \`${told.how}\`` : ''} | | | |`);
  }
  await expect(`${HEAD}${rows.join('\n')}\n${TAIL}`).toMatchFileSnapshot(PAGE);
}, 20_000);

function timesOf({ calls, after }: Tried): string {
  return `${calls}${after >= 0.1 ? `, over ${after} s` : ''}`;
}

const HEAD = `# A protected fetch in other clients

\`packages/fetch/test/clients.test.ts\` writes this page and checks it against the clients; \`vitest run clients -u\` in that package
rewrites it. Each client made one request with its default options, while the circuit was open for another second.

**Thrown** is \`breakerFetch()\`, **answered** is \`breakerFetch({ onOpen: 'respond' })\`. **Calls** counts the client's calls of \`fetch\`,
more than one if it repeats a refusal, and how long its user waited for that; **sent** counts those that reached the service. The last
column counts calls again, with the client configured not to repeat refusals, as named below it.

| client | a refusal is | what its user sees | calls | sent | configured |
|---|---|---|---|---|---|
`;

const TAIL = `
Supabase's client keeps only the message of a thrown error, so \`isCircuitOpen\` cannot recognise it, except with
\`.throwOnError()\`: use \`onOpen: 'respond'\` there. TanStack Query repeats what \`queryFn\` throws, and a 503 from \`fetch\` does not
throw, so use the default there.
`;
