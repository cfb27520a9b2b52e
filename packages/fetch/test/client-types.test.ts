import type { SupabaseClientOptions } from '@supabase/supabase-js';
import type { QueryFunction } from '@tanstack/query-core';
import type { GraphQLClient } from 'graphql-request';
import type { Options as KyOptions } from 'ky';
import type { CreateFetchOptions } from 'ofetch';
import type { ClientOptions as OpenAIOptions } from 'openai';
import type { ClientOptions as OpenapiOptions } from 'openapi-fetch';
import { expectTypeOf, it } from 'vitest';
import { breakerFetch } from '../src/index.ts';

const protectedFetch = breakerFetch();

it('a protected fetch has the type that each client asks for', () => {
  expectTypeOf(protectedFetch).toExtend<NonNullable<KyOptions['fetch']>>();
  expectTypeOf(protectedFetch).toExtend<NonNullable<CreateFetchOptions['fetch']>>();
  expectTypeOf(protectedFetch).toExtend<NonNullable<OpenapiOptions['fetch']>>();
  expectTypeOf(protectedFetch).toExtend<
    NonNullable<NonNullable<ConstructorParameters<typeof GraphQLClient>[1]>['fetch']>
  >();
  expectTypeOf(protectedFetch).toExtend<NonNullable<OpenAIOptions['fetch']>>();
  expectTypeOf(protectedFetch).toExtend<NonNullable<NonNullable<SupabaseClientOptions<'public'>['global']>['fetch']>>();
  const queryFn = async () => protectedFetch('http://a.example', { method: 'GET' });
  expectTypeOf(queryFn).toExtend<QueryFunction<Response>>();
});
