import { OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { type Branch, branchesOf, isBare, read, readText } from './branches.ts';

/** The field in which an error carries its own ruling, across packages and copies of them. */
const RULING = '@switchgear/ruling';

let refusalMark: symbol | undefined;

/**
 * Marks the refusals of breakers, across copies of this package. A symbol, because a server's JSON cannot contain one.
 * Looked up at the first error, because nothing happens at import.
 */
export function refusalMarkOf(): symbol {
  refusalMark ??= Symbol.for('@switchgear/open');
  return refusalMark;
}

/** The ruling on the refusal of an inner breaker: the dependency was not called. */
const REFUSED: Ruling = { outcome: 'ignored', kind: 'EOPENBREAKER' };

/**
 * Classifies an error by everything behind it: `rule` classifies each branch, unless an error on the branch carries its
 * own ruling, as a refusal or the error of a full bulkhead does. Of several branches a failure takes precedence over a
 * success, and an aggregate is ignored only if all its members are.
 *
 * @param rule classifies one branch, from the error itself to its deepest cause
 */
export function classifyBranches(error: unknown, rule: (branch: Branch) => Ruling): Ruling {
  return foremost(branchesOf(error).map((branch) => broughtBy(branch) ?? rule(branch)));
}

/** Returns the ruling that an error carries; undefined unless each branch behind it carries one. */
export function rulingBrought(error: unknown): Ruling | undefined {
  if (isBare(error)) return broughtByLink(error);
  const brought = branchesOf(error).map(broughtBy);
  return brought.every((ruling) => ruling !== undefined) ? foremost(brought) : undefined;
}

/** Whether this error itself is the refusal of a breaker. */
export function isRefusal(link: unknown): boolean {
  return read(link, refusalMarkOf()) === true;
}

/** Whether an error carries no ruling. A quick check, because most errors carry none and each failed call asks. */
function bringsNothing(link: unknown): boolean {
  try {
    const marked = Object(link) as { readonly [RULING]?: unknown } & Readonly<Record<symbol, unknown>>;
    return marked[RULING] === undefined && marked[refusalMarkOf()] === undefined;
  } catch {
    return false;
  }
}

function broughtBy(branch: Branch): Ruling | undefined {
  for (const link of branch) {
    const ruling = broughtByLink(link);
    if (ruling) return ruling;
  }
  return undefined;
}

function broughtByLink(link: unknown): Ruling | undefined {
  if (bringsNothing(link)) return undefined;
  if (isRefusal(link)) return REFUSED;
  const brought = read(link, RULING);
  const ruling = brought === undefined ? undefined : wholeRuling(brought);
  // An error may be ignored or a failure, but never a success: a server's JSON must not close a circuit.
  return ruling?.outcome === 'success' ? undefined : ruling;
}

/** Whether an outcome, alone or in a ruling, is a failure. */
export function isFailure(ruling: Outcome | Ruling): boolean {
  return (typeof ruling === 'string' ? ruling : ruling.outcome) === 'failure';
}

/** A copy of a ruling; undefined unless all its parts are valid. */
export function wholeRuling(from: unknown): Ruling | undefined {
  const outcome = read(from, 'outcome');
  const kind = read(from, 'kind');
  const retryAfter = read(from, 'retryAfter');
  const endpoint = read(from, 'endpoint');
  const isWhole =
    OUTCOMES.includes(outcome) &&
    (kind === undefined || typeof kind === 'string') &&
    (retryAfter === undefined || (typeof retryAfter === 'number' && retryAfter >= 0)) &&
    (endpoint === undefined || endpoint === 'leaving' || endpoint === 'degraded');
  if (!isWhole) return undefined;
  return {
    outcome: outcome as Outcome,
    ...(kind !== undefined && { kind }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function foremost(rulings: readonly (Ruling | undefined)[]): Ruling {
  const of = (outcome: Outcome) => rulings.find((ruling) => ruling?.outcome === outcome);
  return of('failure') ?? of('success') ?? (rulings[0] as Ruling);
}

/** `TimeoutError`, `ETIMEDOUT`, `UND_ERR_HEADERS_TIMEOUT`, `timed out`. */
const TIMEOUT = /timed?[-_ ]?out/i;

/**
 * Whether the reason of an abort is a timeout, by the name or code of the error or of one behind it, or by its text if the
 * reason is a string. Otherwise the caller has left.
 */
export function saysTimeout(reason: unknown): boolean {
  if (typeof reason === 'string') return TIMEOUT.test(reason);
  const isTimeout = (text: string | undefined) => text !== undefined && TIMEOUT.test(text);
  return branchesOf(reason).some((branch) =>
    branch.some((link) => isTimeout(readText(link, 'name')) || isTimeout(readText(link, 'code'))),
  );
}
