/**
 * The pattern that a name between slashes stands for: `/\.internal$/` or `/^pay/i`. Undefined for any other name.
 *
 * @throws {SyntaxError} if it is not a pattern
 */
export function regExpOf(name: string): RegExp | undefined {
  const [, pattern, flags] = /^\/(.+)\/([imsuv]*)$/s.exec(name) ?? [];
  return pattern === undefined ? undefined : new RegExp(pattern, flags);
}
