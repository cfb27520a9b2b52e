import type { Breaker } from '@switchgear/core';
import { ask, reportTo } from '@switchgear/core/adapter';
import type { Context, MiddlewareHandler } from 'hono';
import { checked } from './options.ts';

/** Characters that a quoted string in a header cannot hold. */
const UNQUOTABLE = /[^\x20-\x7e]|["\\]/g;

/** How many characters of a breaker's name are sent. */
const MAX_NAME = 100;

/** How many bytes the header has at most: servers and proxies refuse headers of a few thousand. */
const MAX_BYTES = 2_048;

const SEPARATOR = ', ';

/** The name under which errors are reported. */
const WHERE = 'circuitTiming';

/** Options of {@link circuitTiming}. */
export interface CircuitTimingOptions {
  /**
   * Called with what the function that picks the breakers throws. The answer is sent without the header then.
   *
   * @default errors are dropped
   */
  readonly onError?: ((error: unknown, where: string) => void) | undefined;
}

/**
 * Middleware that adds the states of circuits to `Server-Timing` when an answer leaves, for the network panel of a browser.
 * It sends their names: leave it out, or pick no breakers, for clients who should not know what a service depends on.
 *
 * The header has 2 KiB at most: circuits that are not closed come first, and the last entry says how many are left out.
 *
 * @param breakers the breakers to report on, a registry, or a function that picks them for a request
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
    // Asked through `ask`, because an error here must not replace an answer that is complete.
    const reported = typeof breakers === 'function' ? ask(WHERE, reporter, breakers, c) : breakers;
    const line = reported && ask(WHERE, reporter, lineOf, reported);
    if (line) c.header('server-timing', line, { append: true });
  };
}

/** All circuits in their order if they fit; otherwise those that are not closed first. */
function lineOf(breakers: Iterable<Breaker>): string {
  const circuits = [...breakers].map(({ name, state }) => ({ state, entry: entryOf(`${quotable(name)}: ${state}`) }));
  const whole = circuits.map(({ entry }) => entry).join(SEPARATOR);
  if (whole.length <= MAX_BYTES) return whole;
  const troubled = circuits.filter(({ state }) => state !== 'closed');
  const entries = [...troubled, ...circuits.filter(({ state }) => state === 'closed')].map(({ entry }) => entry);
  const sent: string[] = [];
  let left = MAX_BYTES - entryOf(`${entries.length} more`).length;
  for (const entry of entries) {
    left -= entry.length + SEPARATOR.length;
    if (left < 0) break;
    sent.push(entry);
  }
  return [...sent, entryOf(`${entries.length - sent.length} more`)].join(SEPARATOR);
}

function quotable(name: string): string {
  return name.slice(0, MAX_NAME).replace(UNQUOTABLE, '');
}

function entryOf(description: string): string {
  return `circuit;desc="${description}"`;
}
