import { OUTCOMES, type Outcome, type Ruling } from '../vocabulary/outcome.ts';
import { type Branch, branchesOf, isBare, read, readText } from './branches.ts';

/** Under this name an error brings its own ruling, whatever copy of whatever package it comes from. */
const RULING = '@switchgear/ruling';

let refusalMark: symbol | undefined;

/**
 * Marks the refusals of breakers, across copies of this package. A symbol, because a server's JSON cannot hold one. Looked
 * up at the first error, because nothing happens at import.
 */
export function refusalMarkOf(): symbol {
  refusalMark ??= Symbol.for('@switchgear/open');
  return refusalMark;
}

/** A breaker further down refused: this dependency was never asked. */
const REFUSED: Ruling = { outcome: 'ignored', kind: 'EOPENBREAKER' };

/**
 * What an error says about the dependency, by everything that is behind it: `rule` judges each branch, unless an error on
 * it brings a ruling of its own, as a refusal or a full bulkhead does. Of several branches a failure counts before a
 * success, and an aggregate is ignored only if all its members are.
 *
 * @param rule judges one branch, from the error itself to its deepest cause
 */
export function classifyBranches(error: unknown, rule: (branch: Branch) => Ruling): Ruling {
  return foremost(branchesOf(error).map((branch) => broughtBy(branch) ?? rule(branch)));
}

/** The ruling that an error brings with it; nothing unless each thing that went wrong brings one. */
export function rulingBrought(error: unknown): Ruling | undefined {
  if (isBare(error)) return broughtByLink(error);
  const brought = branchesOf(error).map(broughtBy);
  return brought.every((ruling) => ruling !== undefined) ? foremost(brought) : undefined;
}

/** Whether this very error is the refusal of a breaker. */
export function isRefusal(link: unknown): boolean {
  return read(link, refusalMarkOf()) === true;
}

/** Most errors bring nothing, and each failed call asks. */
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
  // An error can excuse itself or name its failure. A success it is not, whatever a server's JSON has put there.
  return ruling?.outcome === 'success' ? undefined : ruling;
}

/** Whether an outcome, alone or in a ruling, is held against the dependency. */
export function isFailure(ruling: Outcome | Ruling): boolean {
  return (typeof ruling === 'string' ? ruling : ruling.outcome) === 'failure';
}

/** A copy of a ruling; nothing where it is not one in all its parts. */
export function wholeRuling(from: unknown): Ruling | undefined {
  const outcome = read(from, 'outcome');
  const kind = read(from, 'kind');
  const retryAfter = read(from, 'retryAfter');
  const isWhole =
    OUTCOMES.includes(outcome) &&
    (kind === undefined || typeof kind === 'string') &&
    (retryAfter === undefined || (typeof retryAfter === 'number' && retryAfter >= 0));
  if (!isWhole) return undefined;
  return {
    outcome: outcome as Outcome,
    ...(kind !== undefined && { kind }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function foremost(rulings: readonly (Ruling | undefined)[]): Ruling {
  const of = (outcome: Outcome) => rulings.find((ruling) => ruling?.outcome === outcome);
  return of('failure') ?? of('success') ?? (rulings[0] as Ruling);
}

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
