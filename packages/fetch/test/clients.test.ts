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

What seven clients do with a refusal, by default and with one setting. Each made one request while the circuit was open for another
second. \`packages/fetch/test/clients.test.ts\` writes this page and checks it against the clients.

| column | |
|---|---|
| a refusal is | thrown: \`breakerFetch()\`; answered: \`breakerFetch({ onOpen: 'respond' })\` |
| calls | how often the client called \`fetch\`, and how long its user waited if it repeated the refusal |
| sent | how many of those calls reached the service |
| configured | calls with the setting named below the client, which tells it not to repeat refusals |

| client | a refusal is | what its user sees | calls | sent | configured |
|---|---|---|---|---|---|
`;

const TAIL = `
- **Supabase**: use \`onOpen: 'respond'\`. Its client keeps only the message of a thrown error, so \`isCircuitOpen\` cannot recognise it,
  except with \`.throwOnError()\`.
- **TanStack Query**: use the default. It repeats what \`queryFn\` throws, and a 503 from \`fetch\` does not throw.
`;
