import type { Operation } from './operation.ts';

type Value = string | undefined;

/** A swap that has changed the register. */
interface Write extends Operation {
  readonly swap: NonNullable<Operation['swap']>;
}

/**
 * Checks that the answers of a compare-and-set register, empty at first, are linearizable: that there is one order of all
 * operations, each at an instant between its call and its answer, in which every answer is right (Herlihy and Wing 1990).
 *
 * Wing and Gong (1993) search for such an order. Here it need not be searched for, because no two swaps write the same value:
 * each winner names the value that it replaced, so the winners form a chain, and every answer belongs to one link of it. What
 * remains is to find an instant for each link, the earliest possible (after Gibbons and Korach 1997).
 *
 * @returns what is wrong, as a sentence; undefined if nothing is
 */
export function findAnomaly(history: readonly Operation[]): string | undefined {
  const answers = history.filter(({ answered }) => answered < Infinity);
  return wrongAnswer(answers) ?? mixedVersions(answers) ?? brokenChain(history, answers);
}

/** An answer that is wrong whatever else has happened. */
function wrongAnswer(answers: readonly Operation[]): string | undefined {
  for (const { swap, won, now } of answers) {
    if (swap && won && now?.value !== swap.to) return `a swap that won wrote ${swap.to}, but was told ${now?.value}`;
    if (swap && !won && now?.value === swap.from)
      return `a swap was refused although ${swap.from} was there as expected`;
  }
  return undefined;
}

function mixedVersions(answers: readonly Operation[]): string | undefined {
  const [versions, values] = [new Map<string, string>(), new Map<string, string>()];
  for (const { now } of answers) {
    if (!now) continue;
    const { version, value } = now;
    if ((values.get(version) ?? value) !== value)
      return `version ${version} is of ${values.get(version)} and of ${value}`;
    if ((versions.get(value) ?? version) !== version)
      return `${value} has the versions ${versions.get(value)} and ${version}`;
    values.set(version, value);
    versions.set(value, version);
  }
  return undefined;
}

function brokenChain(history: readonly Operation[], answers: readonly Operation[]): string | undefined {
  const seen = new Map<Value, Operation[]>([[undefined, []]]);
  for (const answer of answers) {
    const observers = seen.get(answer.now?.value) ?? [];
    observers.push(answer);
    seen.set(answer.now?.value, observers);
  }
  const writes = writesBehind(seen, history);
  const next = new Map<Value, Write>();
  for (const write of writes) {
    const { from, to } = write.swap;
    if (write.answered < Infinity && !write.won) return `${to} was seen, but the swap to it had been refused`;
    const other = next.get(from);
    if (other) return `${other.swap.to} and ${to} have both replaced ${from}`;
    next.set(from, write);
  }
  const written = new Set<Value>([undefined, ...writes.map(({ swap }) => swap.to)]);
  for (const value of [...seen.keys(), ...next.keys()])
    if (!written.has(value)) return `${value} was there, but never written`;
  return wrongTime(next, seen, writes.length);
}

/**
 * The swaps that have happened: winners, and those behind a value that was seen or replaced. Another one without an answer makes no
 * difference.
 */
function writesBehind(seen: ReadonlyMap<Value, unknown>, history: readonly Operation[]): Write[] {
  const swaps = history.filter((each): each is Write => each.swap !== undefined);
  const from = new Map(swaps.map(({ swap }) => [swap.to, swap.from]));
  const needed = new Set<Value>();
  for (const start of [...seen.keys(), ...swaps.filter(({ won }) => won).map(({ swap }) => swap.to)]) {
    for (let value: Value = start; value !== undefined && !needed.has(value); value = from.get(value))
      needed.add(value);
  }
  return swaps.filter(({ swap }) => needed.has(swap.to));
}

/** Follows the chain and gives each writing the earliest instant that it can have. */
function wrongTime(
  next: ReadonlyMap<Value, Write>,
  seen: ReadonlyMap<Value, readonly Operation[]>,
  writes: number,
): string | undefined {
  let value: Value;
  let at = -Infinity;
  for (let links = 0; ; links++) {
    // The winner's own answer is about the instant of its writing, and belongs here too.
    const observers = seen.get(value) ?? [];
    for (const { answered } of observers) if (answered < at) return `${value} was seen before it could be written`;
    const write = next.get(value);
    if (!write || links > writes) return links === writes ? undefined : 'swaps have won that follow on none before';
    at = Math.max(at, write.called, ...observers.map(({ called }) => called));
    if (at > write.answered) return `${value} was seen after ${write.swap.to} had replaced it`;
    value = write.swap.to;
  }
}
