import {
  type AxiosAdapter,
  AxiosError,
  type AxiosResponse,
  CanceledError,
  type InternalAxiosRequestConfig,
} from 'axios';

/** How a request over the adapter below ends; it is named by its address. */
export type Fate = '/ok' | '/404' | '/503' | '/reset' | '/throws' | '/hangs';

/**
 * A network in memory, for tests that need many calls or a say in when one ends. A call that hangs ends when its signal
 * aborts, and no earlier.
 */
export function memoryAdapter(): AxiosAdapter & { readonly sent: readonly string[] } {
  const sent: string[] = [];
  const adapter: AxiosAdapter = (config) => {
    const fate = config.url as Fate;
    sent.push(fate);
    // At once, as adapters throw whose author forgot that they return promises.
    if (fate === '/throws') throw new TypeError('an adapter with a mistake');
    if (fate === '/hangs') return hanging(config);
    return later(() => answer(fate, config));
  };
  return Object.assign(adapter, { sent });
}

async function later<T>(ending: () => T): Promise<T> {
  await new Promise(setImmediate);
  return ending();
}

function answer(fate: Fate, config: InternalAxiosRequestConfig): AxiosResponse {
  if (fate === '/reset') throw new AxiosError('socket hang up', 'ECONNRESET', config);
  const status = fate === '/ok' ? 200 : Number(fate.slice(1));
  const response = { status, statusText: '', headers: {}, config, data: fate };
  if (status < 300) return response;
  const code = status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE';
  throw new AxiosError(`Request failed with status code ${status}`, code, config, undefined, response);
}

function hanging(config: InternalAxiosRequestConfig): Promise<never> {
  return new Promise((_resolve, reject) => {
    config.signal?.addEventListener?.('abort', () => reject(new CanceledError(undefined, config)));
  });
}
