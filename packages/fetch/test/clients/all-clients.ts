import type { Client } from './client.ts';
import { graphqlRequestClient } from './graphql-request.ts';
import { kyClient } from './ky.ts';
import { ofetchClient } from './ofetch.ts';
import { openaiClient } from './openai.ts';
import { openapiFetchClient } from './openapi-fetch.ts';
import { supabaseClient } from './supabase.ts';
import { tanstackQueryClient } from './tanstack-query.ts';

/** Every client that a protected fetch has been put into. */
export const clients: readonly Client[] = [
  kyClient,
  ofetchClient,
  openapiFetchClient,
  graphqlRequestClient,
  openaiClient,
  supabaseClient,
  tanstackQueryClient,
];
