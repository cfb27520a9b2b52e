import { createClient } from '@supabase/supabase-js';
import { ADDRESS, type Client } from './client.ts';

async function ask(fetch: typeof globalThis.fetch, retry?: boolean): Promise<unknown> {
  const db = retry === undefined ? {} : { retry };
  const client = createClient(ADDRESS, 'none', { global: { fetch }, db, auth: { persistSession: false } });
  const { data, error, status } = await client.from('weather').select();
  return data ?? { error, status };
}

export const supabaseClient: Client = {
  name: '@supabase/supabase-js',
  given: 'createClient(url, key, { global: { fetch } })',
  ask,
  told: { how: 'db: { retry: false }', ask: (fetch) => ask(fetch, false) },
};
