/**
 * A host as URLs write it: `[::1]` for `0:0::1`, `127.0.0.1` for `127.1`, `localhost` for `LOCALHOST.`; without port and zone.
 * `undefined` if it is not a host.
 */
export function hostOf(text: string): string | undefined {
  const bare = text.includes(':') && !text.startsWith('[') ? `[${text}]` : text;
  // A zone (`fe80::1%eth0`) means something on this machine, and nothing in an address.
  const zone = bare.indexOf('%');
  const name = zone === -1 || !bare.startsWith('[') ? bare : `${bare.slice(0, zone)}]`;
  // A port, also one that URLs leave out.
  if (name.startsWith('[') && !name.endsWith(']')) return undefined;
  try {
    const { hostname, port, pathname, username, search, hash } = new URL(`http://${name}`);
    const isMore = port || username || search || hash || pathname !== '/' || text.endsWith('/');
    return isMore ? undefined : hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  } catch {
    return undefined;
  }
}

/** Whether a host, as {@link hostOf} writes it, is this machine and no other, whatever a name server says. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return true;
  // 127.0.0.0/8, and the same inside IPv6: `[::ffff:7f00:1]`.
  return /^127\.\d+\.\d+\.\d+$/.test(host) || /^\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]$/.test(host);
}

/** Whether a host means all addresses, which cannot be used in a URL. */
export function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || host === '[::]' || host === '[::ffff:0:0]';
}
