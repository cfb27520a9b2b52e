import { classifyStatus, isCircuitOpen, type Outcome, outcomeOfAbort, type Ruling } from '@switchgear/core';
import type { Context } from 'hono';
import { rulingOfAnswer } from './upstream.ts';

/**
 * How a route ended: with an answer, or with something thrown past Hono, which lets nothing through but what is no `Error`.
 * What a handler threw and `onError` answered is `context.error`.
 */
export type HonoEnding =
  | { readonly value: Response; readonly context: Context }
  | { readonly error: unknown; readonly context: Context };

/** Judges an ending. `undefined` leaves it to {@link classifyHono}, so a classifier need only name its exceptions. */
export type ClassifyHono = (ending: HonoEnding) => Outcome | Ruling | undefined;

/** A breaker further down refused: what is behind this route was never asked. */
const REFUSED: Ruling = { outcome: 'ignored', kind: 'EOPENBREAKER' };

/** The default's word on how a route ended. The status that the client gets decides, whatever was thrown on the way. */
export function classifyHono(ending: HonoEnding): Ruling {
  if ('error' in ending) return isCircuitOpen(ending.error) ? REFUSED : { outcome: 'failure', kind: 'thrown' };
  const { value, context } = ending;
  if (isCircuitOpen(context.error)) return REFUSED;
  const ruling = rulingOfAnswer(value);
  const refused = ruling.outcome !== 'success' && value.headers?.get('x-circuit-breaker') === 'open';
  return refused ? REFUSED : ruling;
}

/** The same, but an error counts also where `onError` made a good answer of it; an `HTTPException` by its own status. */
export function classifyWithErrors(ending: HonoEnding): Ruling {
  const ruling = classifyHono(ending);
  const { error } = ending.context;
  if (ruling.outcome !== 'success' || error === undefined) return ruling;
  const { status } = error as { status?: unknown };
  return typeof status === 'number' ? classifyStatus(status) : { outcome: 'failure', kind: 'thrown' };
}

/**
 * What an ending means that is none of the service's: nothing, if the client has left and that may be why it went wrong. What
 * went well in spite of it is still a success.
 */
export function rulingOfClient(ending: HonoEnding): Ruling | undefined {
  const { context } = ending;
  const well = 'value' in ending && ending.value.status < 500 && context.error === undefined;
  // Looked at last: some hosts make a controller for it.
  return well ? undefined : outcomeOfAbort(context.req.raw.signal);
}
