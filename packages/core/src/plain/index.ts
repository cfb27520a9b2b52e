export type { PlainOptions, PlainRegistryOptions } from './plain.ts';
export { createPlainBreaker as createBreaker, createPlainRegistry as createRegistry } from './plain.ts';
