import { CircuitOpenError, consecutiveFailures, createBreaker, fixed } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import axios, {
  AxiosError,
  AxiosHeaders,
  type AxiosResponse,
  CanceledError,
  type InternalAxiosRequestConfig,
} from 'axios';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { classifyAxios, protectAxios } from '../../src/index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const SUCCESS = { outcome: 'success' };
const failure = (kind: string) => ({ outcome: 'failure', kind });
const ignored = (kind: string) => ({ outcome: 'ignored', kind });

const config: InternalAxiosRequestConfig = { headers: new AxiosHeaders() };

function answer(status: number, headers: Record<string, string> = {}): AxiosResponse {
  return { status, statusText: '', headers, config, data: '' };
}

function failed(code: string | undefined, message = 'Network Error', cause?: unknown): AxiosError {
  return Object.assign(new AxiosError(message, code, config), { cause });
}

function refusedByStatus(status: number): AxiosError {
  const [code] = status >= 500 ? ['ERR_BAD_RESPONSE'] : status >= 400 ? ['ERR_BAD_REQUEST'] : [];
  return new AxiosError(`Request failed with status code ${status}`, code, config, null, answer(status));
}

function brokenOff(status: number, code: string, message = 'stream has been aborted'): AxiosError {
  return new AxiosError(message, code, config, null, answer(status));
}

function aborted(reason?: unknown): AxiosError {
  return new CanceledError('canceled', { ...config, signal: AbortSignal.abort(reason) });
}

const coded = (code: string, message = code) => Object.assign(new Error(message), { code });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('an answer counts by its status, whatever validateStatus made of it', () => {
  it.each<[rule: string, response: unknown, ruling: object]>([
    ['200', answer(200), SUCCESS],
    ['404', answer(404), SUCCESS],
    ['500 that validateStatus accepted', answer(500), failure('500')],
    ['503 with Retry-After', answer(503, { 'retry-after': '2' }), { ...failure('503'), retryAfter: 2_000 }],
    [
      '429 with Retry-After, as a mock spells it',
      answer(429, { 'Retry-After': '2' }),
      { ...ignored('429'), retryAfter: 2_000 },
    ],
    ['503 with an unreadable Retry-After', answer(503, { 'retry-after': 'soon' }), failure('503')],
    ['an adapter that gives no status', {}, SUCCESS],
    ['an adapter that gives nothing', undefined, SUCCESS],
  ])('%s', (_rule, value, ruling) => {
    expect(classifyAxios({ value: value as AxiosResponse })).toEqual(ruling);
  });

  it.each<[rule: string, error: unknown, ruling: object]>([
    ['404 refused', refusedByStatus(404), SUCCESS],
    ['503 refused', refusedByStatus(503), failure('503')],
    ['429 refused', refusedByStatus(429), ignored('429')],
    ['304 refused', refusedByStatus(304), SUCCESS],
    [
      '200 refused, with the code that newer axios gives it',
      brokenOff(200, 'ERR_BAD_RESPONSE', 'Request failed with status code 200'),
      SUCCESS,
    ],
    ['404 refused with another message by a custom adapter', brokenOff(404, 'ERR_BAD_REQUEST', 'Not there'), SUCCESS],
  ])('%s', (_rule, error, ruling) => {
    expect(classifyAxios({ error })).toEqual(ruling);
  });
});

describe('a Retry-After that is a date', () => {
  const headers = { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' };

  it('is measured from the given time, and from now by default', () => {
    const value = answer(503, headers);
    const ruling = { outcome: 'failure', kind: '503', retryAfter: 7_000 };
    expect(classifyAxios({ value }, () => Date.UTC(2026, 0, 1))).toEqual(ruling);
    vi.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
    expect(classifyAxios({ value })).toEqual(ruling);
  });

  it('is measured by the breaker’s own clock', async () => {
    const clock = manualClock();
    clock.setWall(Date.UTC(2026, 0, 1));
    const breaker = createBreaker({ name: 'dated', clock, openWhen: consecutiveFailures(1), openFor: fixed(1_000) });
    const instance = axios.create({ adapter: async () => answer(503, headers) });
    protectAxios(instance, { breaker });
    await instance.get('/');
    expect([breaker.state, breaker.retryAfter]).toEqual(['open', 7_000]);
  });
});

describe('no whole answer is a failure', () => {
  it.each<[rule: string, error: unknown, ruling: object]>([
    ['timeout', failed('ECONNABORTED', 'timeout of 60ms exceeded'), failure('timeout')],
    ['timeout with the caller’s own message', failed('ECONNABORTED', 'too slow'), failure('timeout')],
    [
      'timeout with clarifyTimeoutError, and of fetch',
      failed('ETIMEDOUT', 'timeout of 60ms exceeded'),
      failure('timeout'),
    ],
    ['timeout of the system', failed('ERR_NETWORK', 'Network Error', coded('ETIMEDOUT')), failure('timeout')],
    [
      'timeout of undici',
      failed('ERR_NETWORK', 'Network Error', fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT'))),
      failure('timeout'),
    ],
    ['timeout after the headers', brokenOff(200, 'ERR_BAD_RESPONSE'), failure('ERR_BAD_RESPONSE')],
    [
      'body broken off in 1.13, without a response',
      failed('ERR_BAD_RESPONSE', 'stream has been aborted'),
      failure('ERR_BAD_RESPONSE'),
    ],
    [
      'body broken off in 1.6, with its odd message',
      failed('ERR_BAD_RESPONSE', 'maxContentLength size of -1 exceeded'),
      failure('ERR_BAD_RESPONSE'),
    ],
    [
      'body broken off under fetch',
      failed(undefined, 'terminated', new TypeError('terminated', { cause: coded('UND_ERR_SOCKET') })),
      failure('UND_ERR_SOCKET'),
    ],
    ['body that does not unzip', brokenOff(200, 'Z_DATA_ERROR', 'incorrect header check'), failure('Z_DATA_ERROR')],
    ['a 503 broken off keeps its status', brokenOff(503, 'ERR_BAD_RESPONSE'), failure('503')],
    ['refused', failed('ECONNREFUSED', 'connect ECONNREFUSED', coded('ECONNREFUSED')), failure('ECONNREFUSED')],
    ['refused under fetch', failed('ERR_NETWORK', 'Network Error', coded('ECONNREFUSED')), failure('ECONNREFUSED')],
    ['no such host', failed('ENOTFOUND', 'getaddrinfo ENOTFOUND', coded('ENOTFOUND')), failure('ENOTFOUND')],
    ['TLS', failed('CERT_HAS_EXPIRED', 'certificate has expired'), failure('CERT_HAS_EXPIRED')],
    ['not HTTP', failed('HPE_INVALID_CONSTANT', 'Parse Error'), failure('HPE_INVALID_CONSTANT')],
    ['too many redirects', failed('ERR_FR_TOO_MANY_REDIRECTS'), failure('ERR_FR_TOO_MANY_REDIRECTS')],
    [
      'too many redirects under fetch',
      failed('ERR_NETWORK', 'Network Error', new Error('redirect count exceeded')),
      failure('ERR_NETWORK'),
    ],
    ['a network error of xhr, without a cause', failed('ERR_NETWORK'), failure('ERR_NETWORK')],
    ['a fetch error from a custom adapter', fetchFailed(coded('ECONNRESET')), failure('ECONNRESET')],
    [
      'a network error of axios-mock-adapter',
      failed(undefined, 'Network Error', new Error('Network Error')),
      failure('unknown'),
    ],
    ['an unknown error', new Error('down'), failure('unknown')],
    ['a string', 'down', failure('unknown')],
    ['undefined', undefined, failure('unknown')],
  ])('%s', (_rule, error, ruling) => {
    expect(classifyAxios({ error })).toEqual(ruling);
  });

  it('circular causes end', () => {
    const error = coded('ECONNRESET');
    error.cause = error;
    expect(classifyAxios({ error })).toEqual(failure('ECONNRESET'));
  });
});

describe('what the caller or this machine did is ignored', () => {
  it.each<[rule: string, error: unknown, ruling: object]>([
    ['the caller aborted', aborted(), { outcome: 'ignored' }],
    ['the caller aborted with a reason', aborted(new Error('changed my mind')), { outcome: 'ignored' }],
    ['the caller aborted with a string', aborted('changed my mind'), { outcome: 'ignored' }],
    ['the caller cancelled by token: no config on the error', new CanceledError('tok'), { outcome: 'ignored' }],
    [
      'a cancellation that lost its mark, as under fetch in 1.13',
      failed('ERR_CANCELED', 'canceled'),
      { outcome: 'ignored' },
    ],
    ['a cancellation of some adapter, with nothing but the mark', { __CANCEL__: true }, { outcome: 'ignored' }],
    [
      'an error of another name while the caller’s signal is aborted',
      failedUnder(AbortSignal.abort()),
      { outcome: 'ignored' },
    ],
    ['page left, under xhr', failed('ECONNABORTED', 'Request aborted'), ignored('ECONNABORTED')],
    [
      'maxContentLength',
      failed('ERR_BAD_RESPONSE', 'maxContentLength size of 10 exceeded'),
      ignored('ERR_BAD_RESPONSE'),
    ],
    [
      'maxBodyLength',
      failed('ERR_BAD_REQUEST', 'Request body larger than maxBodyLength limit'),
      ignored('ERR_BAD_REQUEST'),
    ],
    [
      'maxBodyLength through redirects',
      failed('ERR_FR_MAX_BODY_LENGTH_EXCEEDED'),
      ignored('ERR_FR_MAX_BODY_LENGTH_EXCEEDED'),
    ],
    ['scheme', failed('ERR_BAD_REQUEST', 'Unsupported protocol ftp:'), ignored('ERR_BAD_REQUEST')],
    ['scheme under fetch', failed('ERR_NETWORK', 'Network Error', new Error('unknown scheme')), ignored('ERR_NETWORK')],
    ['port under fetch', failed('ERR_NETWORK', 'Network Error', new Error('bad port')), ignored('ERR_NETWORK')],
    ['address', Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }), ignored('ERR_INVALID_URL')],
    [
      'address under fetch',
      failed(undefined, 'Failed to parse URL from /x', new TypeError('Failed to parse URL from /x')),
      ignored('unknown'),
    ],
    [
      'header',
      Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_HTTP_TOKEN' }),
      ignored('ERR_INVALID_HTTP_TOKEN'),
    ],
    ['method under fetch', failed(undefined, "'GE T' is not a valid HTTP method."), ignored('unknown')],
    [
      'body with GET under fetch',
      failed(undefined, 'Request with GET/HEAD method cannot have body.'),
      ignored('unknown'),
    ],
    ['option', failed('ERR_BAD_OPTION_VALUE'), ignored('ERR_BAD_OPTION_VALUE')],
    [
      'beforeRedirect that threw',
      failed('ERR_FR_REDIRECTION_FAILURE', 'Redirected request failed'),
      ignored('ERR_FR_REDIRECTION_FAILURE'),
    ],
    ['no file handles left', failed('EMFILE'), ignored('EMFILE')],
    ['no ports left', failed('EADDRNOTAVAIL'), ignored('EADDRNOTAVAIL')],
    ['a breaker further down refused', failed('EOPENBREAKER', 'open', open()), ignored('EOPENBREAKER')],
  ])('%s', (_rule, error, ruling) => {
    expect(classifyAxios({ error })).toEqual(ruling);
  });

  it('a signal that timed out is a failure, though axios calls it cancelled', () => {
    expect(classifyAxios({ error: aborted(new DOMException('late', 'TimeoutError')) })).toEqual(failure('timeout'));
  });

  it('a browser that is offline says nothing about the service; online or unknown it does', () => {
    vi.stubGlobal('navigator', { onLine: false });
    expect(classifyAxios({ error: failed('ERR_NETWORK') })).toEqual(ignored('offline'));
    expect(classifyAxios({ error: refusedByStatus(503) })).toEqual(failure('503'));
    vi.stubGlobal('navigator', { onLine: true });
    expect(classifyAxios({ error: failed('ERR_NETWORK') })).toEqual(failure('ERR_NETWORK'));
    vi.stubGlobal('navigator', undefined);
    expect(classifyAxios({ error: failed('ERR_NETWORK') })).toEqual(failure('ERR_NETWORK'));
  });
});

function failedUnder(signal: AbortSignal): AxiosError {
  return new AxiosError('socket hang up', 'ECONNRESET', { ...config, signal });
}

function open(): CircuitOpenError {
  return new CircuitOpenError('below', 1_000, { rule: 'failureRate', at: 0 });
}
