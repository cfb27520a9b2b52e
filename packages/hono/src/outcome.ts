import type { AbortState, Outcome, Ruling } from '@switchgear/core';
import { classifyStatus, outcomeOfAbort, read, rulingBrought } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { Arrival } from './arrival.ts';
import { headerOf, rulingOfAnswer, statusOf } from './upstream.ts';

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
  if ('error' in ending) return excuseOf(ending.error) ?? { outcome: 'failure', kind: 'thrown' };
  const { value, context } = ending;
  const excuse = excuseOf(context.error);
  if (excuse) return excuse;
  const ruling = rulingOfAnswer(value);
  const refused = ruling.outcome !== 'success' && headerOf(value, 'x-circuit-breaker') === 'open';
  return refused ? REFUSED : ruling;
}

/** What an error says that is not the service's: a refusal further down, a full bulkhead. All that is behind it must say so. */
function excuseOf(error: unknown): Ruling | undefined {
  const brought = error === undefined ? undefined : rulingBrought(error);
  return brought?.outcome === 'ignored' ? brought : undefined;
}

/** The same, but an error counts also where `onError` made a good answer of it; an `HTTPException` by its own status. */
export function classifyWithErrors(ending: HonoEnding): Ruling {
  const ruling = classifyHono(ending);
  const { error } = ending.context;
  if (ruling.outcome !== 'success' || error === undefined) return ruling;
  const status = read(error, 'status');
  return typeof status === 'number' ? classifyStatus(status) : { outcome: 'failure', kind: 'thrown' };
}

/**
 * What an ending means that is none of the service's: nothing, if the client has left or has broken off its body, and that
 * may be why it went wrong. What went well in spite of it is still a success.
 */
export function rulingOfClient(
  ending: HonoEnding,
  signal: AbortState | undefined,
  { rest }: Arrival,
): Ruling | undefined {
  const well = 'value' in ending && (statusOf(ending.value) ?? 200) < 500 && ending.context.error === undefined;
  if (well) return undefined;
  return rest?.brokeOff ? { outcome: 'ignored' } : outcomeOfAbort(signal);
}
