import type { Breaker, Classify, Ending, Outcome, Ruling } from '@switchgear/core';
import { ask, classifyWith } from '@switchgear/core/adapter';
import { BY_CALLER, TIMED_OUT } from './client-error.ts';
import type { ConnectionHooks } from './connection-hooks.ts';
import { type PgErrorContext, type Role, rulingOfPgError } from './outcome.ts';

/** How the endings of one pool are classified. */
export interface Classification {
  readonly classify: Classify | undefined;
  readonly role: Role;
  readonly hooks: ConnectionHooks;
}

/** At which point of a lease something ended. */
export interface EndingContext extends Omit<PgErrorContext, 'role'> {
  /** Whether the connection is still usable. An unknown error was then thrown on this side, for example by a type parser. */
  readonly intact?: boolean;
}

/** The ruling on an ending: that of the user's classifier, or else that of the table. */
export function rulingOn(
  ending: Ending,
  { classify, role, hooks }: Classification,
  context: EndingContext,
  breaker: Breaker,
): Ruling {
  const hook = 'error' in ending && context.connecting ? hooks.rejectedWith(ending.error) : undefined;
  if (hook === 'password') return ignoreForeign(ending, classify, breaker);
  const inHook = hook === 'onConnect';
  const unknown = context.intact || inHook ? BY_CALLER : undefined;
  // When `onConnect` runs, the connection has been made: an error that ends it counts as one of that connection.
  const connecting = context.connecting === true && !inHook;
  const byDefault = (end: Ending): Outcome | Ruling => {
    if (!('error' in end)) return 'success';
    const ruling = rulingOfPgError(end.error, { ...context, role, connecting }, unknown);
    if (inHook && ruling.outcome === 'success') return { ...ruling, outcome: 'ignored' };
    return connecting && ruling.kind === TIMED_OUT.kind && hooks.wasPending() ? BY_CALLER : ruling;
  };
  return asRuling(classifyWith(ending, classify, byDefault, breaker));
}

/** The error came from another service, so neither what it looks like nor a ruling that it brings counts. */
function ignoreForeign(ending: Ending, classify: Classify | undefined, breaker: Breaker): Ruling {
  const classifyOrIgnore = (end: Ending): Outcome | Ruling => ask('classify', breaker, classify, end) ?? BY_CALLER;
  return asRuling(classifyWith(ending, classifyOrIgnore, () => BY_CALLER, breaker));
}

function asRuling(given: Outcome | Ruling): Ruling {
  return typeof given === 'string' ? { outcome: given } : given;
}
