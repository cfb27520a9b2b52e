import { read } from '../foreign/branches.ts';

/** Says which attempt of its request this one is; the name is Envoy's. */
export const ATTEMPT_COUNT = 'x-envoy-attempt-count';

/**
 * Whether the header {@link ATTEMPT_COUNT} is sent: on repeated attempts, but not from a page to another origin. Browsers ask
 * that origin first whether it accepts a header of ours (CORS), and do not send the request unless it does.
 *
 * @param to the address of the attempt
 * @param attempt its number; the first is 1
 * @param page `globalThis.location`; undefined outside pages and their workers
 */
export function sendsAttemptCount(to: string, attempt: number, page: unknown): boolean {
  if (attempt === 1) return false;
  const origin = read(page, 'origin');
  return typeof origin !== 'string' || to.startsWith(`${origin}/`);
}
