import OpenAI from 'openai';
import { ADDRESS, type Client } from './client.ts';

export const openaiClient: Client = {
  name: 'openai',
  given: 'new OpenAI({ fetch })',
  ask: (fetch) => new OpenAI({ apiKey: 'none', baseURL: ADDRESS, fetch }).get('/weather'),
  told: {
    how: "maxRetries: 0, or onOpen: 'respond'",
    ask: (fetch) => new OpenAI({ apiKey: 'none', baseURL: ADDRESS, fetch, maxRetries: 0 }).get('/weather'),
  },
};
