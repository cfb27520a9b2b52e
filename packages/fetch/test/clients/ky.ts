import ky, { HTTPError } from 'ky';
import { isBreakerResponse, isCircuitOpen } from '../../src/index.ts';
import { ADDRESS, type Client } from './client.ts';

export const kyClient: Client = {
  name: 'ky',
  given: 'ky.create({ fetch })',
  ask: (fetch) => ky.create({ fetch })(ADDRESS).json(),
  told: {
    how: 'retry: { shouldRetry }',
    ask: (fetch) => {
      const refused = (error: Error) =>
        isCircuitOpen(error) || (error instanceof HTTPError && isBreakerResponse(error.response));
      const retry = { shouldRetry: ({ error }: { error: Error }) => (refused(error) ? false : undefined) };
      return ky.create({ fetch, retry })(ADDRESS).json();
    },
  },
};
