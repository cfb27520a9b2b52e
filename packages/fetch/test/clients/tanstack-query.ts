import { QueryClient, QueryObserver } from '@tanstack/query-core';
import { isCircuitOpen } from '../../src/index.ts';
import { ADDRESS, type Client } from './client.ts';

/** As `useQuery` does: it goes on asking until it has an answer or has given up. */
async function ask(
  fetch: typeof globalThis.fetch,
  retry: number | ((failures: number, error: Error) => boolean),
): Promise<unknown> {
  const queryFn = async () => {
    const answer = await fetch(ADDRESS);
    if (!answer.ok) throw new Error(`the weather answered ${answer.status}`);
    return answer.json();
  };
  const client = new QueryClient();
  const observer = new QueryObserver(client, { queryKey: ['weather'], queryFn, retry });
  const ended = new Promise<void>((resolve) => {
    observer.subscribe(({ isPending }) => {
      if (!isPending) resolve();
    });
  });
  await ended;
  const { data, error } = observer.getCurrentResult();
  observer.destroy();
  client.clear();
  if (error) throw error;
  return data;
}

export const tanstackQueryClient: Client = {
  name: '@tanstack/query-core',
  given: 'queryFn: () => fetch(url)',
  // What it is in a page, and 0 where there is no page.
  ask: (fetch) => ask(fetch, 3),
  told: {
    how: 'retry: (failures, error) => …',
    ask: (fetch) => ask(fetch, (failures, error) => !isCircuitOpen(error) && failures < 3),
  },
};
