export * from '@switchgear/core';
export type { BreakerChoice } from './layer.ts';
export { notCircuitOpen } from './not-circuit-open.ts';
export { originOf, type RequestAddress } from './origin-of.ts';
export { type AxiosEnding, type ClassifyAxios, classifyAxios } from './outcome.ts';
export { type AxiosProtection, type ProtectAxiosOptions, protectAxios } from './protect-axios.ts';
