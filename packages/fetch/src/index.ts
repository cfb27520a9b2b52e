export * from '@switchgear/core';
export { breakerFetch, type OriginFetch } from './breaker-fetch.ts';
export type { FetchTarget } from './call.ts';
export type { FetchFunction } from './fetch-function.ts';
export type { BreakerFetchOptions, FetchBreakerChoice, OnFetchOpen } from './options.ts';
export { originOf } from './origin-of.ts';
export { type ClassifyFetch, classifyFetch, type FetchEnding } from './outcome.ts';
export { isBreakerResponse } from './refusal.ts';
