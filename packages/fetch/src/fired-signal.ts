import { read, reasonOf } from '@switchgear/core/adapter';
import { givenBody, isStream } from './call.ts';

/**
 * Refuses a call whose signal fired before it began, with the signal's reason. The stream it was to send is cancelled, as
 * platforms do.
 *
 * @throws the reason of the signal
 */
export function refuseFired(signal: unknown, init: unknown): void {
  if (!read(signal, 'aborted')) return;
  const thrown = reasonOf(signal);
  const body = givenBody(init);
  if (isStream(body)) body.cancel(thrown).catch(() => undefined);
  throw thrown;
}
