import { GraphQLClient } from 'graphql-request';
import { ADDRESS, type Client, type Weather } from './client.ts';

export const graphqlRequestClient: Client = {
  name: 'graphql-request',
  given: 'new GraphQLClient(url, { fetch })',
  ask: (fetch) => new GraphQLClient(ADDRESS, { fetch }).request<Weather>('{ wind }'),
};
