import { type Breaker, type Classify, type Ending, judge, type Outcome, type Ruling } from '@switchgear/core';
import { classifyPgError, type PgErrorContext, type Role } from './outcome.ts';

/** How the endings of one pool are judged. */
export interface Judgement {
  readonly classify: Classify | undefined;
  readonly role: Role;
}

/** When in a lease something ended. */
export type Moment = Omit<PgErrorContext, 'role'>;

/** The user's word on an ending, or else the table's. */
export function rule(ending: Ending, { classify, role }: Judgement, moment: Moment, breaker: Breaker): Ruling {
  const byDefault = (end: Ending): Outcome | Ruling =>
    'error' in end ? classifyPgError(end.error, { ...moment, role }) : 'success';
  const verdict = judge(ending, classify, byDefault, breaker);
  return typeof verdict === 'string' ? { outcome: verdict } : verdict;
}
