import {
  type Ages,
  type CircuitReport,
  FLAGS,
  GROUNDS,
  LONGEST_NAME,
  MODES,
  MOST_CIRCUITS,
  type Report,
  STATES,
  type Word,
} from './report.ts';
import type { Sums } from './sums.ts';

/** More calls in one report than this are not believed. */
const MOST_CALLS = 1e5;

/**
 * Reads a report. Anyone may have sent it, so anything out of bounds makes it worth nothing.
 *
 * @returns undefined if it is not a report of this version, or wrong in any part
 */
export function decode(text: string, maxBytes: number): Report | undefined {
  if (typeof text !== 'string' || text.length > maxBytes) return undefined;
  const fields = parsed(text);
  if (!Array.isArray(fields)) return undefined;
  const [version, group, life, seq, every, given, flag, ages] = fields;
  if (version !== 1 || !isName(group) || !isName(life) || !isWhole(seq) || !isWhole(every) || every < 1)
    return undefined;
  if (!Array.isArray(given) || given.length > MOST_CIRCUITS) return undefined;
  const circuits = given.map((each, i) => circuitIn(each, ages?.[i]));
  const known = oneOf(FLAGS, flag);
  if (known === undefined || !circuits.every((circuit) => circuit !== undefined)) return undefined;
  return { group, life, seq, every, flag: known, circuits };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param ages undefined in a report of an earlier version */
function circuitIn(fields: unknown, ages: unknown): CircuitReport | undefined {
  if (!Array.isArray(fields)) return undefined;
  const [name, slowerThan, state, ground, rule, age, left, ...numbers] = fields;
  const [sums, before, word] = [sumsIn(numbers), sumsIn(numbers.slice(3)), wordIn(numbers.slice(6))];
  const [inState, onGround] = [oneOf(STATES, state), oneOf(GROUNDS, ground)];
  if (!isName(name) || !isName(rule, 0) || !inState || !onGround) return undefined;
  if (!isAmount(slowerThan) || !isAmount(age) || !(left === -1 || isAmount(left))) return undefined;
  const bad = agesIn(ages);
  if (!sums || !before || word === null || bad === null || !isGrown(before, sums)) return undefined;
  const rest = left < 0 ? Infinity : left;
  return { name, slowerThan, state: inState, ground: onGround, rule, age, left: rest, sums, before, bad, word };
}

function sumsIn([calls, failures, slow]: readonly unknown[]): Sums | undefined {
  if (!isWhole(calls) || !isWhole(failures) || !isWhole(slow) || failures > calls || slow > calls) return undefined;
  return { calls, failures, slow };
}

function isGrown(before: Sums, sums: Sums): boolean {
  const [calls, failures, slow] = [sums.calls - before.calls, sums.failures - before.failures, sums.slow - before.slow];
  return calls <= MOST_CALLS && failures >= 0 && slow >= 0 && failures <= calls && slow <= calls;
}

/** @returns undefined if there was no such call, null if the ages are wrong */
function agesIn(fields: unknown = []): Ages | undefined | null {
  if (!Array.isArray(fields)) return null;
  const [first, last] = fields;
  if (first === undefined) return undefined;
  return isAmount(first) && isAmount(last) && last <= first ? { first, last } : null;
}

/** @returns undefined if there is no word, null if there is a wrong one */
function wordIn([count, life, mode]: readonly unknown[]): Word | undefined | null {
  // Fields of a later version may follow those of this one, but a word begins with a number.
  if (count === undefined) return undefined;
  const known = oneOf(MODES, mode);
  return isWhole(count) && isName(life) && known !== undefined ? { count, life, mode: known } : null;
}

function oneOf<Of>(list: readonly Of[], index: unknown): Of | undefined {
  return isWhole(index) ? list[index] : undefined;
}

function isName(value: unknown, least: number = 1): value is string {
  return typeof value === 'string' && value.length >= least && value.length <= LONGEST_NAME;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}
