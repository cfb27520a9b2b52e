/**
 * The service that a breaker's name belongs to: what stands before the first `/` or `:`, of an address the host. So
 * `payments/eu-1` and `payments/eu-2` are instances of `payments`.
 */
export function groupOf(name: string): string {
  const bare = name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return /^[^/:]+/.exec(bare)?.[0].trim() || name;
}
