import type { Breaker, Classify, Ending, Outcome, Ruling } from '@switchgear/core';
import { ask, classifyWith } from '@switchgear/core/adapter';
import { OURS, TIMED_OUT } from './client-error.ts';
import { type PgErrorContext, type Role, rulingOfPgError } from './outcome.ts';
import type { OwnFunctions } from './own-functions.ts';

/** How the endings of one pool are judged. */
export interface Judgement {
  readonly classify: Classify | undefined;
  readonly role: Role;
  readonly own: OwnFunctions;
}

/** When in a lease something ended. */
export interface Moment extends Omit<PgErrorContext, 'role'> {
  /** Whether the connection goes on. What the table does not know was then thrown on this side: a parser of types, say. */
  readonly intact?: boolean;
}

/** The user's word on an ending, or else the table's. */
export function rule(ending: Ending, judgement: Judgement, moment: Moment, breaker: Breaker): Ruling {
  const { classify, role, own } = judgement;
  const by = 'error' in ending && moment.connecting ? own.rejectedBy(ending.error) : undefined;
  if (by === 'password') return excuse(ending, classify, breaker);
  const inHook = by === 'onConnect';
  const unknown = moment.intact || inHook ? OURS : undefined;
  // The connection of a hook has been made: what ends it says so.
  const context = { ...moment, role, connecting: moment.connecting === true && !inHook };
  const byDefault = (end: Ending): Outcome | Ruling => {
    if (!('error' in end)) return 'success';
    const ruling = rulingOfPgError(end.error, context, unknown);
    if (inHook && ruling.outcome === 'success') return { ...ruling, outcome: 'ignored' };
    return context.connecting && ruling.kind === TIMED_OUT.kind && own.wasAwaited() ? OURS : ruling;
  };
  return whole(classifyWith(ending, classify, byDefault, breaker));
}

/** It came from elsewhere, whatever it looks like, and whatever ruling it brings for that. */
function excuse(ending: Ending, classify: Classify | undefined, breaker: Breaker): Ruling {
  const judged = (end: Ending): Outcome | Ruling => ask('classify', breaker, classify, end) ?? OURS;
  return whole(classifyWith(ending, judged, () => OURS, breaker));
}

function whole(verdict: Outcome | Ruling): Ruling {
  return typeof verdict === 'string' ? { outcome: verdict } : verdict;
}
