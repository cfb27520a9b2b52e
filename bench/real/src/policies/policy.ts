import { isBrokenCircuitError } from 'cockatiel';
import type pg from 'pg';

/** One way to protect a client. */
export interface Policy {
  readonly name: string;

  /** What it is and how it is set. */
  readonly about: string;

  /** @param noted is called with each state that the circuit enters */
  start(noted: (state: string) => void): Protection;
}

/** A policy at work, in front of one server. */
export interface Protection {
  /** `fetch` behind it. */
  fetch(url: string, init?: RequestInit): Promise<Response>;

  /** Puts it in front of a pool. @returns a query through that pool */
  pool(pool: pg.Pool): (text: string) => Promise<unknown>;
}

/** Whether the policy refused the call, so that none was made. Ours and opossum use the same code. */
export function isRefusal(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'EOPENBREAKER' || isBrokenCircuitError(error);
}
