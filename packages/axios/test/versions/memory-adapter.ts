import { Readable } from 'node:stream';
import {
  type AxiosAdapter,
  AxiosError,
  type AxiosResponse,
  CanceledError,
  type InternalAxiosRequestConfig,
} from 'axios';

/** How a request over the adapter below ends; it is named by its address. */
export type Fate = '/ok' | '/404' | '/503' | '/reset' | '/throws' | '/hangs' | '/stream' | '/broken-stream';

/**
 * A network in memory, for tests that need many calls or a say in when one ends. A call that hangs ends when its signal
 * aborts or its token is cancelled, and no earlier.
 */
export function memoryAdapter(): AxiosAdapter & {
  readonly sent: readonly string[];
  readonly bodies: readonly Readable[];
} {
  const sent: string[] = [];
  const bodies: Readable[] = [];
  const adapter: AxiosAdapter = (config) => {
    const fate = config.url as Fate;
    sent.push(fate);
    // Thrown synchronously, as by an adapter whose author forgot to return a promise.
    if (fate === '/throws') throw new TypeError('an adapter with a mistake');
    if (fate === '/hangs') return hanging(config);
    return later(() => {
      const response = answer(fate, config);
      if (response.data instanceof Readable) bodies.push(response.data);
      return response;
    });
  };
  return Object.assign(adapter, { sent, bodies });
}

async function later<T>(ending: () => T): Promise<T> {
  await new Promise(setImmediate);
  return ending();
}

function answer(fate: Fate, config: InternalAxiosRequestConfig): AxiosResponse {
  if (fate === '/reset') throw new AxiosError('socket hang up', 'ECONNRESET', config);
  const status = Number(fate.slice(1)) || 200;
  const data = fate.endsWith('stream') ? stream(fate) : fate;
  const response = { status, statusText: '', headers: {}, config, data };
  if (status < 300) return response;
  const code = status < 500 ? 'ERR_BAD_REQUEST' : 'ERR_BAD_RESPONSE';
  throw new AxiosError(`Request failed with status code ${status}`, code, config, undefined, response);
}

function stream(fate: Fate): Readable {
  async function* chunks() {
    yield fate;
    await new Promise(setImmediate);
    if (fate === '/broken-stream') throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  }
  return Readable.from(chunks());
}

function hanging(config: InternalAxiosRequestConfig): Promise<never> {
  return new Promise((_resolve, reject) => {
    const give = () => reject(new CanceledError(undefined, config));
    config.signal?.addEventListener?.('abort', give);
    config.cancelToken?.promise.then(give);
  });
}
