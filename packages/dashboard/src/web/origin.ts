import type { Context } from 'hono';

/**
 * Why a request does not come from a page that we served, nor from an origin that the user named; `undefined` if it does.
 * Browsers send `Origin` with each POST, so one without comes from none; scheme and port of the outside are a proxy's business,
 * the host is compared.
 */
export function whyForeign({ req }: Context, origins: readonly string[]): string | undefined {
  const origin = req.header('origin');
  if (origin === undefined) return 'An order says where it comes from: the header Origin is missing.';
  if (req.header('sec-fetch-site') === 'cross-site')
    return 'Orders come from the page of the dashboard, not from another site.';
  if (origins.includes(origin)) return undefined;
  const from = urlOf(origin);
  const here = req.header('host') ?? urlOf(req.url)?.host ?? '';
  // Written as the page's own address writes it: `SHOP.example:443` of an https page is `shop.example`.
  if (from && from.host !== '' && from.host === urlOf(`${from.protocol}//${here}`)?.host) return undefined;
  return (
    `Orders come from the page of the dashboard: this one is from ${origin}, and the dashboard is at ${here}. ` +
    'Behind a proxy that changes the host, name the origin in the option origins.'
  );
}

function urlOf(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
