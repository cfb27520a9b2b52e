import type { Millis } from '@switchgear/core';
import { requireFunction } from '@switchgear/core/adapter';
import type { Prober } from '../circuit/prober.ts';
import type { Register } from '../ports/register.ts';
import { Appointments } from './appointments.ts';

/** For how long an instance is appointed. A third of it may pass without a renewal reaching the register. */
const LEASE: Millis = 10_000;

/**
 * Appoints one instance of the group at a time to probe, by a register: the others refuse calls until its circuit has closed. If
 * the register does not answer for three seconds, each instance probes for itself, as without it. No call ever waits for it.
 *
 * @throws {TypeError} if the register lacks a function
 * @example
 * ```ts
 * share(payments, { group: 'shop', prober: appointed(memoryRegister()) });
 * ```
 */
export function appointed(register: Register): Prober {
  return appointedFor(register, LEASE);
}

/** The same for a lease of this length. */
export function appointedFor(register: Register, lease: Millis): Prober {
  for (const name of ['read', 'swap'] as const)
    requireFunction('appointed register', register?.[name], `a register with a function ${name}`, register);
  return { attend: (fleet) => new Appointments(register, lease, fleet) };
}
