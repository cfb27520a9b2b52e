import { type CircuitOpenError, findCircuitOpen } from '@switchgear/core';
import { branchesOf } from '@switchgear/core/adapter';

/**
 * The refusal of a breaker behind an error, if it means that nothing was sent: of an aggregate all members must have been
 * refused, because the others were sent.
 */
export function refusalBehind(error: unknown): CircuitOpenError | undefined {
  const refusal = findCircuitOpen(error);
  if (!refusal) return undefined;
  const isRefusal = (link: unknown): boolean => findCircuitOpen(link) === link;
  return branchesOf(error).every((branch) => branch.some(isRefusal)) ? refusal : undefined;
}
