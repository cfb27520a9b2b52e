import { branchesOf } from './branches.ts';
import { readText } from './read.ts';

/** `TimeoutError`, `ETIMEDOUT`, `UND_ERR_HEADERS_TIMEOUT`, `timed out`. */
const TIMEOUT = /timed?[-_ ]?out/i;

/**
 * Whether the reason of an abort says that time ran out: in the name or code of an error, or of one behind it; a reason that
 * is a text says it in its words. An abort without such a reason is a caller's that left.
 */
export function saysTimeout(reason: unknown): boolean {
  if (typeof reason === 'string') return TIMEOUT.test(reason);
  const says = (text: string | undefined) => text !== undefined && TIMEOUT.test(text);
  return branchesOf(reason).some((branch) =>
    branch.some((link) => says(readText(link, 'name')) || says(readText(link, 'code'))),
  );
}
