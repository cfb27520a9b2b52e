import type { Account } from '../document/account.ts';
import type { BreakerData } from '../own/data.ts';
import { text, whole } from '../values/codec.ts';
import { duration } from '../values/duration.ts';
import { NETWORK } from '../values/exceptions.ts';
import type { Table } from './dialect.ts';
import type { Section } from './section.ts';

/** The options of the interceptor that is proposed for undici (nodejs/undici pull request 4700). */
export const undiciTable: Table = {
  threshold: ['carried', 'consecutiveFailures'],
  timeout: ['carried', 'openFor'],
  successThreshold: ['carried', 'recover: probes that must succeed'],
  maxHalfOpenRequests: ['carried', 'recover: probes at once'],
  statusCodes: ['carried', 'the kinds that consecutiveFailures counts'],
  errorCodes: ['carried', 'the kinds that consecutiveFailures counts'],
  getKey: ['not carried', 'code: breaker of breakerFetch chooses by request'],
  maxCircuits: ['not carried', 'max of createRegistry'],
  onStateChange: ['not carried', 'code: listen with subscribe(…)'],
};

const TIMEOUTS = /TIMEOUT|TIMEDOUT/;

/** Reads the options of undici's interceptor, with its defaults for what they leave out. */
export function readUndici(of: Section, account: Account): BreakerData {
  const failures = of.read('threshold', whole()) ?? 5;
  const fixed = of.read('timeout', duration()) ?? 30_000;
  const successes = of.read('successThreshold', whole()) ?? 1;
  const permitted = of.read('maxHalfOpenRequests', whole()) ?? 1;
  const listed = (name: string) =>
    of.items(name).flatMap((place) => {
      account.carry(place);
      return text.read(place.value) ?? [];
    });
  const statuses = of.at('statusCodes') ? listed('statusCodes') : ['500', '502', '503', '504'];
  const codes = of.at('errorCodes') ? listed('errorCodes') : ['timeout', ...NETWORK];
  // Every time limit has one kind here.
  const counting = [...new Set([...statuses, ...codes.map((code) => (TIMEOUTS.test(code) ? 'timeout' : code))])];
  return {
    openWhen: { consecutiveFailures: failures, ...(counting.length > 0 && { counting }) },
    openFor: { fixed },
    recover: { probes: permitted, successes },
  };
}
