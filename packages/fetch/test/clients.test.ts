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

it.each(told)('%s repeats no refusal once it is told: %s', async (_name, _how, ask) => {
  expect(await tryClient(ask, 'throw')).toMatchObject({ calls: 1, reached: 0, after: 0 });
});

it('the page says of each client what was seen here', async () => {
  const rows: string[] = [];
  for (const { name, given, ask, told } of clients) {
    for (const onOpen of ['throw', 'respond'] as const) {
      const tried = await tryClient(ask, onOpen);
      const then = told ? timesOf(await tryClient(told.ask, onOpen)) : '';
      const cells = [name, onOpen === 'throw' ? 'thrown' : 'answered', tried.seen, timesOf(tried), tried.reached, then];
      rows.push(`| ${cells.join(' | ')} |`);
    }
    rows.push(`| | | with \`${given}\`${told ? `; told by \`${told.how}\`` : ''} | | | |`);
  }
  await expect(`${HEAD}${rows.join('\n')}\n${TAIL}`).toMatchFileSnapshot(PAGE);
}, 20_000);

function timesOf({ calls, after }: Tried): string {
  return `${calls}${after >= 0.1 ? `, over ${after} s` : ''}`;
}

const HEAD = `# A protected fetch in other clients

\`packages/fetch/test/clients.test.ts\` wrote this page and holds it to what it sees; \`vitest run clients -u\` in that package writes it
anew. Each client was asked once, while the circuit was open and to stay so for a second, with what it does by default.

**Thrown** is \`breakerFetch()\`, **answered** is \`breakerFetch({ onOpen: 'respond' })\`. **Calls** are those that the client made of \`fetch\`, which
is more than one where it repeats a refusal, and the time its user waited for that; **out** are those that reached the service. The
last column is the same once the client has been told, in the way named below it, that a refusal is not worth repeating.

| client | a refusal is | what its user sees | calls | out | told |
|---|---|---|---|---|---|
`;

const TAIL = `
Supabase's client keeps nothing of an error that was thrown but its words, so \`isCircuitOpen\` cannot know it, unless one asks with
\`.throwOnError()\`: there an answer is the better refusal. TanStack Query repeats what \`queryFn\` throws, and \`fetch\` answers
503 without throwing, so there it is the better one to throw.
`;
