/** What stands behind the `#` of an address that leads to a breaker. */
export function hashOf(id: string): string {
  // Half of a pair of characters cannot be written in an address.
  return encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** The breaker that such an address leads to. One that somebody has typed, `#50%`, is taken as it stands. */
export function idOf(hash: string): string | undefined {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
