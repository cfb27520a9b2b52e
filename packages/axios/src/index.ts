export * from '@switchgear/core';
export { notCircuitOpen } from './not-circuit-open.ts';
export type { ProtectAxiosOptions } from './options.ts';
export { originOf, type RequestAddress } from './origin-of.ts';
export { type AxiosEnding, type ClassifyAxios, classifyAxios } from './outcome.ts';
export { type AxiosProtection, protectAxios } from './protect-axios.ts';
export type { BreakerChoice } from './protections.ts';
