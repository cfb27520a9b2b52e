import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { Breaker, Permit, Ruling } from '@switchgear/core';
import { classifyBranches, classifyWith, type GuardEnding, rulingOfAnswer } from '@switchgear/core/adapter';
import { finalize, type Observable, tap } from 'rxjs';
import type { ClassifyNest } from './options.ts';

/**
 * Calls a handler of messages, events or queries, and settles its permit at the first value, at the end or at the error. A
 * subscriber that leaves before says nothing about the handler.
 */
export function guardHandler(
  permit: Permit,
  breaker: Breaker,
  next: CallHandler,
  context: ExecutionContext,
  classify: ClassifyNest | undefined,
): Observable<unknown> {
  let isSettled = false;
  function settle(ruling: () => Parameters<Permit['settle']>[0]): void {
    if (isSettled) return;
    isSettled = true;
    permit.settle(ruling());
  }
  function settleBy(ending: GuardEnding<unknown>): void {
    const { value, error: thrown } = ending as { value?: unknown; error?: unknown };
    const own = classify && (() => classify({ value, thrown, context }));
    settle(() => classifyWith(ending, own, byDefault, breaker));
  }
  return next.handle().pipe(
    tap({
      next: (value) => settleBy({ value }),
      complete: () => settleBy({ value: undefined }),
      error: (error: unknown) => settleBy({ error }),
    }),
    finalize(() => settle(() => 'ignored')),
  );
}

/** An exception with an HTTP status counts by it; every other one is a failure. */
function byDefault(ending: GuardEnding<unknown>): Ruling {
  if (!('error' in ending)) return { outcome: 'success' };
  return classifyBranches(
    ending.error,
    (branch) => rulingOfAnswer(branch, undefined) ?? { outcome: 'failure', kind: 'thrown' },
  );
}
