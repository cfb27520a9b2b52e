/** A broken rule. Test runners show its message. */
class BrokenRuleError extends Error {
  override readonly name = 'BrokenRuleError';
  readonly expected: unknown;
  readonly actual: unknown;

  constructor(rule: string, expected: unknown, actual: unknown) {
    super(`${rule}: expected ${shown(expected)}, got ${shown(actual)}`);
    this.expected = expected;
    this.actual = actual;
  }
}

function shown(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : String(value);
}

/**
 * Requires two values, or two lists of values, to be the same.
 *
 * @param rule what is broken if they are not
 */
export function requireSame(rule: string, actual: unknown, expected: unknown): void {
  const lists = [actual, expected].map((value) => (Array.isArray(value) ? value : [value])) as [unknown[], unknown[]];
  const [is, must] = lists;
  if (is.length !== must.length || !is.every((value, i) => Object.is(value, must[i])))
    throw new BrokenRuleError(rule, expected, actual);
}
