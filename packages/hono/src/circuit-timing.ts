import type { Breaker } from '@switchgear/core';
import { ask, reportTo } from '@switchgear/core/adapter';
import type { Context, MiddlewareHandler } from 'hono';
import { checked } from './options.ts';

/** What may not stand between quotes in a header. */
const UNQUOTABLE = /[^\x20-\x7e]|["\\]/g;

/** Characters of a name that are said. */
const LONGEST_NAME = 100;

/** How much is said of circuits in one answer, in bytes. Servers and proxies refuse headers of a few thousand. */
const MOST = 2_048;

const SEPARATOR = ', ';

/** Where mistakes are reported to have been made. */
const WHERE = 'circuitTiming';

/** Options of {@link circuitTiming}. */
export interface CircuitTimingOptions {
  /**
   * Told of what the function that picks the breakers throws. The answer goes out without a word on them.
   *
   * @default nobody is told
   */
  readonly onError?: ((error: unknown, where: string) => void) | undefined;
}

/**
 * Middleware that says in `Server-Timing` where circuits stand when an answer leaves, for the network panel of a browser. They
 * are named there: leave it out, or give none, where whoever asks should not know what is behind a service.
 *
 * It says no more than 2 KiB: circuits that are not closed first, and how many are left out.
 *
 * @param breakers those to tell of, a registry too, or a function that picks them for a request
 * @example
 * ```ts
 * app.use(circuitTiming((c) => (c.env.STAGE === 'development' ? circuits : [])));
 * ```
 */
export function circuitTiming(
  breakers: Iterable<Breaker> | ((c: Context) => Iterable<Breaker>),
  options: CircuitTimingOptions = {},
): MiddlewareHandler {
  const { onError } = checked('circuitTiming', options, ['onError'], []);
  const reporter = reportTo(onError);

  return async function circuitTiming(c, next) {
    await next();
    // The answer is there; a mistake in what is said about it must not take its place.
    const asked = typeof breakers === 'function' ? ask(WHERE, reporter, breakers, c) : breakers;
    const line = asked && ask(WHERE, reporter, lineOf, asked);
    if (line) c.header('server-timing', line, { append: true });
  };
}

/** All of them in their order if that is not too much; else those that are not closed before the others. */
function lineOf(breakers: Iterable<Breaker>): string {
  const standing = [...breakers].map(({ name, state }) => ({ state, entry: entryOf(`${sayable(name)}: ${state}`) }));
  const whole = standing.map(({ entry }) => entry).join(SEPARATOR);
  if (whole.length <= MOST) return whole;
  const inTrouble = standing.filter(({ state }) => state !== 'closed');
  const entries = [...inTrouble, ...standing.filter(({ state }) => state === 'closed')].map(({ entry }) => entry);
  const said: string[] = [];
  let left = MOST - entryOf(`${entries.length} more`).length;
  for (const entry of entries) {
    left -= entry.length + SEPARATOR.length;
    if (left < 0) break;
    said.push(entry);
  }
  return [...said, entryOf(`${entries.length - said.length} more`)].join(SEPARATOR);
}

function sayable(name: string): string {
  return name.slice(0, LONGEST_NAME).replace(UNQUOTABLE, '');
}

function entryOf(description: string): string {
  return `circuit;desc="${description}"`;
}
