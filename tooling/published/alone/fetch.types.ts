import { breakerFetch, createBreaker } from '@switchgear/fetch';

export const call: typeof fetch = breakerFetch({ breaker: createBreaker({ name: 'weather' }) });
export const answer: Promise<Response> = call('https://weather.example');
