import { read } from '@switchgear/core/adapter';

/** What a store's answer means to who runs it. Matched against the code and the message of its error. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /READONLY|25006|read-only transaction|during recovery/i,
    'the server is a read-only replica: connect to the primary',
  ],
  [/WRONGPASS|NOAUTH|28P01|28000|authorization violation|authentication/i, 'check the user and the password'],
  [/NOPERM|42501|permission/i, 'the user lacks a right that the README of this driver lists'],
  [/WRONGTYPE|42703|42809|42804/, 'something else uses this name: choose another'],
  [/too (long|large)|22023|max.?payload|proto-max-bulk/i, 'the store takes no report of this size'],
  [/ECONNREFUSED|ECONNRESET|ENOTFOUND|57P0\d|closed|ended|terminated/i, 'the store is not there'],
];

/**
 * The fault of a store as an event tells it: which driver could not do what, why, and what to do about it.
 *
 * @param driver the function that a user has called: `'redisBus'`
 * @param doing completes "could not …"
 */
export function storeFault(driver: string, doing: string, cause: unknown): Error {
  const said = textOf(cause);
  const advice = ADVICE.find(([sign]) => sign.test(said))?.[1];
  return new Error(`${driver} could not ${doing}: ${said}${advice ? ` (${advice})` : ''}`, { cause });
}

/**
 * The words of an error and of its causes, as those of `fetch`; of the first one where every address of a host has refused.
 *
 * @param depth how many causes are followed: one may be its own
 */
function textOf(error: unknown, depth: number = 3): string {
  const inside = read(read(error, 'errors'), '0') ?? read(error, 'cause');
  const behind = inside && depth > 0 ? textOf(inside, depth - 1) : '';
  const [message, code] = [read(error, 'message'), read(error, 'code')];
  if (!message && behind) return behind;
  const text = String(message || code || error);
  const coded = typeof code === 'string' && !text.includes(code) ? `${text} [${code}]` : text;
  return coded.includes(behind) ? coded : `${coded}: ${behind}`;
}
