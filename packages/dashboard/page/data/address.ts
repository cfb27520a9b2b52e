/** The path where this dashboard is mounted, without trailing slashes. */
export function basePath(): string {
  return withoutSlashes(location.pathname);
}

/** A loop, because a regular expression for trailing slashes takes quadratic time on a path of slashes. */
function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}

/** The fragment of the address of a breaker, without `#`. */
export function hashOf(id: string): string {
  // A lone surrogate cannot be encoded.
  return encodeURIComponent(id.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** The breaker that a fragment selects. A fragment that is not valid encoding, such as `#50%`, is used as it is. */
export function idOf(hash: string): string | undefined {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
