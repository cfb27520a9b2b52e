/** What RFC 9110 makes a matter of one connection, besides all that `Connection` names and `Proxy-` begins with. */
const OF_ONE_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What may stand in `Connection`: anything else is no header's name, and asking for one would throw. */
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i;

/** What proxies write down about the client they have answered for, and any client can write as well. */
const FORWARDED = /^(?:forwarded|x-forwarded-.+|x-real-ip)$/;

/** A copy of the headers that are meant for the far end, without those of the connection they came by. */
export function endToEnd(from: Headers): Headers {
  const headers = new Headers(from);
  const named = (headers.get('connection') ?? '').split(',').map((name) => name.trim());
  for (const name of named) if (FIELD_NAME.test(name)) headers.delete(name);
  for (const name of [...headers.keys()]) if (isOfOneConnection(name)) headers.delete(name);
  return headers;
}

/** Takes away what says for whom the request is, so that no client can say it for itself. */
export function dropForwarded(headers: Headers): void {
  for (const name of [...headers.keys()]) if (FORWARDED.test(name)) headers.delete(name);
}

function isOfOneConnection(name: string): boolean {
  // Proxy-Status is a log that all on the way write to.
  return OF_ONE_CONNECTION.has(name) || (name.startsWith('proxy-') && name !== 'proxy-status');
}
