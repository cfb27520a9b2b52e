import type { Router } from '@switchgear/core';
import {
  ATTEMPT_COUNT,
  addressAt,
  attemptsOf,
  type GuardEnding,
  guardRouted,
  isObject,
  read,
  sendsAttemptCount,
} from '@switchgear/core/adapter';
import type { AxiosAdapter, AxiosPromise, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import { type CallContext, guardOptionsOf, watchedCall } from './guarded.ts';
import type { ProtectAxiosOptions } from './options.ts';
import { ABSOLUTE } from './origin.ts';
import { rejectionOfFired } from './refusal.ts';
import { uploadOf } from './upload.ts';

/** Makes one request, each attempt at the endpoint that the router chooses. */
export function routed(
  route: Router,
  send: AxiosAdapter,
  config: InternalAxiosRequestConfig,
  context: CallContext & Pick<ProtectAxiosOptions, 'attempts'>,
): AxiosPromise {
  const fired = rejectionOfFired(config, context.copy.CanceledError as never);
  if (fired) return Promise.reject(fired.error);
  let sent = config;
  const { call, ownFault } = watchedCall(() => send(sent), config, context);
  const target = { method: (config.method ?? 'get').toUpperCase(), config };
  return guardRouted<AxiosResponse>(
    route,
    async (to, attempt) => {
      const headers = sendsAttemptCount(`${to}/`, attempt, globalThis.location)
        ? counted(config.headers, attempt)
        : config.headers;
      sent = { ...configAt(to, config), headers };
      return call();
    },
    {
      ...guardOptionsOf(route.service, config, context),
      ownFault,
      signal: isObject(config.signal) ? (config.signal as AbortSignal) : undefined,
      attempts: attemptsOf(context.attempts, target, uploadOf(config.data) === undefined),
      discard,
    },
  );
}

/** The same request to another origin. Its errors say where it really went. */
function configAt(to: string, config: InternalAxiosRequestConfig): InternalAxiosRequestConfig {
  const { url = '', baseURL = '', allowAbsoluteUrls } = config;
  const isWhole = ABSOLUTE.test(url) && allowAbsoluteUrls !== false;
  if (isWhole) return { ...config, url: addressAt(to, url) };
  return { ...config, baseURL: addressAt(to, ABSOLUTE.test(baseURL) ? baseURL : `http://endpoint${rooted(baseURL)}`) };
}

/** The same headers with the number of the attempt, unless the caller has set it. */
function counted(headers: InternalAxiosRequestConfig['headers'], attempt: number): typeof headers {
  return headers.has(ATTEMPT_COUNT) ? headers : headers.concat({ [ATTEMPT_COUNT]: String(attempt) });
}

function rooted(path: string): string {
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}

/** The body of an answer that nobody will read holds a connection. */
function discard(ending: GuardEnding<AxiosResponse>): void {
  const response = 'value' in ending ? ending.value : read(ending.error, 'response');
  const data = read(response, 'data');
  for (const name of ['destroy', 'cancel']) {
    const end = read(data, name);
    if (typeof end !== 'function') continue;
    Promise.resolve(end.call(data)).catch(() => undefined);
    return;
  }
}
