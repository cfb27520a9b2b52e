import type { Ruling } from '@switchgear/core';
import { findBehind, read } from '@switchgear/core/adapter';

/** A statement that takes too long here takes too long elsewhere. */
const STATEMENT_TIMEOUT = '57014';

/** A standby cancels queries that keep it from following. A read of one statement fails so for no other reason. */
const CONFLICT_WITH_RECOVERY = '40001';

/** Whether another server may answer a read that failed so. Reads may be repeated, whatever became of them. */
export function isElsewhereBetter(ruling: Ruling | undefined, error: unknown): boolean {
  const has = (code: string) => findBehind(error, (link) => read(link, 'code') === code) !== undefined;
  if (has(CONFLICT_WITH_RECOVERY)) return true;
  return ruling?.outcome === 'failure' && !has(STATEMENT_TIMEOUT);
}
