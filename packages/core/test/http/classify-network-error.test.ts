import { describe, expect, it } from 'vitest';
import { classifyNetworkError, rulingOfAnswer } from '../../src/adapter/index.ts';
import type { Ruling } from '../../src/index.ts';

/** An error of a client: a message and its own fields. */
function error(message: string, fields: object = {}): Error {
  return Object.assign(new TypeError(message), fields);
}

const refused = error('connect ECONNREFUSED', { code: 'ECONNREFUSED' });
const own: Ruling['outcome'] = 'ignored';

describe('an error without an answer', () => {
  it.each<[rule: string, error: unknown, outcome: Ruling['outcome'], kind: string]>([
    [
      'is a failure of the last code in its chain',
      error('fetch failed', { cause: refused }),
      'failure',
      'ECONNREFUSED',
    ],
    ['is one of its own code where nothing caused it', refused, 'failure', 'ECONNREFUSED'],
    ['is a network failure where no code is given', error('Failed to fetch'), 'failure', 'network'],
    ['is one where nothing at all is given', undefined, 'failure', 'network'],
    ['is one if a string was thrown', 'refused', 'failure', 'network'],
    ['is one where the code is a number', error('x', { code: 8 }), 'failure', 'network'],
    ['is one where the code is empty', error('x', { code: '' }), 'failure', 'network'],
    ['is a timeout by its code', error('x', { cause: { code: 'ETIMEDOUT' } }), 'failure', 'timeout'],
    ['is a timeout by its name', new DOMException('late', 'TimeoutError'), 'failure', 'timeout'],
    [
      'is a timeout by its cause',
      error('x', { cause: new DOMException('late', 'TimeoutError') }),
      'failure',
      'timeout',
    ],
    ['is ignored if it is an abort', new DOMException('left', 'AbortError'), own, 'abort'],
    ['says nothing when sockets ran out here', error('x', { cause: { code: 'EMFILE' } }), own, 'EMFILE'],
    ['says nothing when the request was wrong', error('x', { code: 'ERR_INVALID_URL' }), own, 'ERR_INVALID_URL'],
    ['says nothing when the client itself was closed', { code: 'UND_ERR_CLOSED' }, own, 'UND_ERR_CLOSED'],
    ['says nothing when the port is forbidden', error('fetch failed', { cause: error('bad port') }), own, 'network'],
    ['says nothing when a redirect was forbidden', error('x', { cause: error('unexpected redirect') }), own, 'network'],
    ['says nothing when the scheme is unknown', error('x', { cause: error('unknown scheme') }), own, 'network'],
    [
      'says nothing when Deno was told not to follow redirects',
      error("the redirect mode is set to 'error'"),
      own,
      'network',
    ],
    ['is a failure when such words are only the end of the message', error('a very bad port'), 'failure', 'network'],
    ['is a failure when such words are only the start of the message', error('bad port of call'), 'failure', 'network'],
    ['fails when a redirect has no end', error('x', { cause: error('redirect count exceeded') }), 'failure', 'network'],
  ])('%s', (_rule, error, outcome, kind) => {
    expect(classifyNetworkError(error)).toEqual({ outcome, kind });
  });

  it.each([
    'ETIMEDOUT',
    'ESOCKETTIMEDOUT',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
  ])('is a timeout with the code %s', (code) => {
    expect(classifyNetworkError({ code })).toEqual({ outcome: 'failure', kind: 'timeout' });
  });

  it.each([
    'EMFILE',
    'ENFILE',
    'ENOBUFS',
    'ENOMEM',
    'EADDRNOTAVAIL',
    'ERR_INVALID_ARG_TYPE',
    'HPE_HEADER_OVERFLOW',
    'UnexpectedRedirect',
    'UND_ERR_HEADERS_OVERFLOW',
    'UND_ERR_RES_EXCEEDED_MAX_SIZE',
    'UND_ERR_MAX_ORIGINS_REACHED',
    'UND_ERR_INVALID_RETURN_VALUE',
    'UND_ERR_INVALID_ARG',
    'UND_ERR_NOT_SUPPORTED',
    'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
    'UND_ERR_ABORTED',
    'UND_ERR_DESTROYED',
    'UND_ERR_CLOSED',
  ])('says nothing about the service with the code %s', (code) => {
    expect(classifyNetworkError({ code })).toEqual({ outcome: own, kind: code });
  });

  it.each(['NotReadableError', 'NotFoundError'])('says nothing when a file cannot be read: %s', (name) => {
    expect(classifyNetworkError({ name })).toEqual({ outcome: own, kind: 'network' });
  });

  it.each(['open', 'stat', 'lstat', 'fstat', 'scandir', 'opendir'])(
    'says nothing when the system call %s failed, which is only about files',
    (syscall) => {
      expect(classifyNetworkError({ code: 'ENOENT', syscall })).toEqual({ outcome: own, kind: 'ENOENT' });
    },
  );

  it('is a failure when the system call was about the network', () => {
    const lookup = { code: 'ENOTFOUND', syscall: 'getaddrinfo' };
    expect(classifyNetworkError(lookup)).toEqual({ outcome: 'failure', kind: 'ENOTFOUND' });
  });

  it('is classified even if its causes form a cycle', () => {
    const loop = error('a', { code: 'EPIPE' });
    Object.assign(loop, { cause: loop });
    expect(classifyNetworkError(loop)).toEqual({ outcome: 'failure', kind: 'EPIPE' });
  });
});

describe('an error with an answer behind it', () => {
  const now = Date.UTC(2026, 0, 1);
  const dated = { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' };

  it.each<[rule: string, error: object, ruling: Ruling]>([
    ['is classified by its own status', error('x', { status: 404 }), { outcome: 'success' }],
    ['by its own statusCode, as in undici', error('x', { statusCode: 503 }), { outcome: 'failure', kind: '503' }],
    [
      'by the statusCode if it has both',
      error('x', { statusCode: 503, status: 404 }),
      { outcome: 'failure', kind: '503' },
    ],
    [
      'by its response, as in ky and got',
      error('x', { response: { status: 429 } }),
      { outcome: 'ignored', kind: '429' },
    ],
    [
      'by the answer of its cause',
      error('x', { code: 'EMFILE', cause: { response: { statusCode: 500 } } }),
      { outcome: 'failure', kind: '500' },
    ],
    [
      'with the Retry-After of the answer, whose date is compared with the given time',
      error('x', { response: { status: 503, headers: dated } }),
      { outcome: 'failure', kind: '503', retryAfter: 7_000 },
    ],
    [
      'with the headers of its response, if it has only a status of its own, as in axios',
      error('x', { status: 503, response: { status: 503, headers: dated } }),
      { outcome: 'failure', kind: '503', retryAfter: 7_000 },
    ],
  ])('%s', (_rule, error, ruling) => {
    expect(classifyNetworkError(error, now)).toEqual(ruling);
  });

  it('is classified by statuses from 100 to 599', () => {
    expect(rulingOfAnswer([{ status: 100 }], now)).toEqual({ outcome: 'success' });
    expect(rulingOfAnswer([{ status: 599 }], now)).toEqual({ outcome: 'failure', kind: '599' });
  });

  it.each([99, 600, 503.5, '503', Number.NaN])('has no answer if the status is %j', (status) => {
    expect(rulingOfAnswer([{ status }], now)).toBe(undefined);
  });
});
