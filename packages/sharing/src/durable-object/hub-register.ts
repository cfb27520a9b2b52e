import type { Register, Written } from '../ports/register.ts';
import { storeFault } from '../store/fault.ts';
import { requireName } from '../store/name.ts';
import { type HubNamespace, hubClient } from './hub-client.ts';

type Told = readonly [version: string, value: string, age: number];

/**
 * A register in the storage of a Durable Object, which is the only one that writes there. Keys have up to 2,000 bytes.
 *
 * @param namespace the binding of {@link BreakerHub}
 * @param name of the object. An object lives in one place: give each region its own
 * @default name '@switchgear/register'
 * @throws {TypeError} if this is not the binding of a Durable Object
 */
export function hubRegister<Id>(namespace: HubNamespace<Id>, name: string = '@switchgear/register'): Register {
  requireName('hubRegister', name);
  const ask = hubClient('hubRegister', namespace, name);
  return {
    async read(prefix) {
      const entries = await ask(['read', prefix]).catch((error) => {
        throw storeFault('hubRegister', 'read', error);
      });
      const told = entries as readonly (readonly [string, ...Told])[];
      return new Map(told.map(([key, ...written]) => [key, writtenOf(written)]));
    },

    async swap(key, expected, value, ttl) {
      const [won, now] = await ask(['swap', key, expected ?? null, value, ttl]).catch((error) => {
        throw storeFault('hubRegister', 'swap', error);
      });
      return { won: won === true, now: now ? writtenOf(now as Told) : undefined };
    },
  };
}

function writtenOf([version, value, age]: Told): Written {
  return { version, value, age };
}
