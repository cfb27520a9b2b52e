import type { Context } from 'hono';

/**
 * Whether a request comes from a page that we served, or from an origin that the user named. Browsers send `Origin` with each
 * POST, so one without comes from none; scheme and port of the outside are a proxy's business, the host is compared.
 */
export function isFromOurPage({ req }: Context, origins: readonly string[]): boolean {
  const origin = req.header('origin');
  if (origin === undefined || req.header('sec-fetch-site') === 'cross-site') return false;
  if (origins.includes(origin)) return true;
  return hostOf(origin) === (req.header('host') ?? hostOf(req.url));
}

function hostOf(address: string): string | undefined {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
}
