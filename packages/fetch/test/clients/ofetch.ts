import { createFetch } from 'ofetch';
import { isBreakerResponse, isCircuitOpen } from '../../src/index.ts';
import { ADDRESS, type Client } from './client.ts';

export const ofetchClient: Client = {
  name: 'ofetch',
  given: 'createFetch({ fetch })',
  ask: (fetch) => createFetch({ fetch })(ADDRESS),
  told: {
    how: 'onRequestError, onResponseError',
    ask: (fetch) =>
      createFetch({
        fetch,
        defaults: {
          onRequestError: ({ error, options }) => {
            if (isCircuitOpen(error)) options.retry = false;
          },
          onResponseError: ({ response, options }) => {
            if (isBreakerResponse(response)) options.retry = false;
          },
        },
      })(ADDRESS),
  },
};
