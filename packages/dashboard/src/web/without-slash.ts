import type { Context, Next } from 'hono';
import { routePath } from 'hono/route';

/**
 * Hono distinguishes `/breakers/` from `/breakers`, so redirect the former. Only our own address is redirected; other paths belong to the
 * app. The redirect is relative, because a proxy may add a prefix.
 */
export async function withoutSlash(c: Context, next: Next): Promise<void> {
  // Our mount path: `/breakers` of `/breakers/*`. Read before next(), because it changes as other routes are tried.
  const mounted = routePath(c);
  await next();
  if (c.res.status !== 404) return;
  const name = nameBeforeSlash(c.req.url, countSlashes(mounted));
  if (name) c.res = c.redirect(`../${name}`, 308);
}

/** `breakers` of `https://shop.example/ops/breakers/`, as it is written there, if its path has this many slashes. */
function nameBeforeSlash(address: string, slashes: number): string | undefined {
  const pathname = pathOf(address);
  if (!pathname?.endsWith('/') || countSlashes(pathname) !== slashes) return undefined;
  return pathname.slice(pathname.lastIndexOf('/', pathname.length - 2) + 1, -1);
}

function countSlashes(path: string): number {
  let count = 0;
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) count++;
  return count;
}

/** The normalised path, which is safe in a header. */
function pathOf(address: string): string | undefined {
  try {
    return new URL(address).pathname;
  } catch {
    return undefined;
  }
}
