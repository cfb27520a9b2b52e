/** The kinds of failure of a connection that cannot be made or breaks, as clients here say them. */
export const NETWORK: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
  'network',
];

/** Every status that says the server failed. */
export const SERVER_ERRORS: readonly string[] = ['500', '501', '502', '503', '504', '505', '507', '508', '511'];

/** The ends of names of errors in Java, Python and .NET, and the kinds of failure that they are here. The first fits. */
const KINDS: readonly (readonly [name: RegExp, kinds: readonly string[]])[] = [
  [/Gateway ?Timeout|HttpTimeout504/i, ['504']],
  [/Time(?:d)?out/i, ['timeout']],
  [/ServiceUnavailable/i, ['503']],
  [/BadGateway/i, ['502']],
  [/InternalServerError/i, ['500']],
  [/TooManyRequests/i, ['429']],
  [/(?:Http)?Server(?:Side)?Error|5xx/i, SERVER_ERRORS],
  [/UnknownHost|NameResolution|gaierror/i, ['ENOTFOUND', 'EAI_AGAIN']],
  [/ConnectionRefused/i, ['ECONNREFUSED']],
  [/ConnectionReset/i, ['ECONNRESET']],
  [/NoRouteToHost/i, ['EHOSTUNREACH', 'ENETUNREACH']],
  [
    /(?:Connect(?:ion)?|Socket|Network|IO|HttpRequest|ResourceAccess|RetryableException|WebClientRequest)(?:Exception|Error)?$/i,
    NETWORK,
  ],
];

/** The kinds of failure that an error's name stands for; undefined if none is known. */
export function kindsOf(name: string): readonly string[] | undefined {
  const last = lastOf(name);
  return KINDS.find(([pattern]) => pattern.test(last))?.[1];
}

/** The last part of a name with packages: `java.io.IOException` is `IOException`. */
export function lastOf(name: string): string {
  return name.split(/[.$:\\]/).at(-1) ?? name;
}
