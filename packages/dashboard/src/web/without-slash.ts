import type { Context, Next } from 'hono';
import { routePath } from 'hono/route';

/**
 * Hono tells `/breakers/` from `/breakers`. Only our own address is put right: what is below it, or beside, belongs to the app.
 * Relative, because a proxy may have put something before it.
 */
export async function withoutSlash(c: Context, next: Next): Promise<void> {
  // Where we are mounted: `/breakers` of `/breakers/*`. Asked now, because it changes as other routes are tried.
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

/** As URLs are written: nothing in it that a header could not say. */
function pathOf(address: string): string | undefined {
  try {
    return new URL(address).pathname;
  } catch {
    return undefined;
  }
}
