import createClient from 'openapi-fetch';
import { ADDRESS, type Client, type Weather } from './client.ts';

/** As openapi-typescript writes them. */
interface Paths {
  '/weather': { get: { responses: { 200: { content: { 'application/json': Weather } } } } };
}

export const openapiFetchClient: Client = {
  name: 'openapi-fetch',
  given: 'createClient({ baseUrl, fetch })',
  async ask(fetch) {
    const { data, error, response } = await createClient<Paths>({ baseUrl: ADDRESS, fetch }).GET('/weather');
    return data ?? { error, status: response.status };
  },
};
