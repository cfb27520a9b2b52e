import { refuse, requireFunction } from '@switchgear/core';
import axios, { type AxiosAdapter, type AxiosInstance, type AxiosStatic } from 'axios';
import { guarded } from './guard.ts';
import { type BreakerChoice, beneath, breakerFor, type Layer, liveLayers, markLayer } from './layer.ts';
import type { ClassifyAxios } from './outcome.ts';
import './request-config.ts';

/** Options of {@link protectAxios}. */
export interface ProtectAxiosOptions {
  /**
   * The breaker in front of the service behind this instance, or a function that picks one for each request:
   * `undefined` lets that request through unprotected. An error it throws is the request's error.
   *
   * @example
   * ```ts
   * const registry = createRegistry({ options: (origin) => ({ name: origin }) });
   * protectAxios(client, { breaker: (config) => registry.get(originOf(config)) });
   * ```
   */
  readonly breaker: BreakerChoice;

  /**
   * Judges the endings that {@link classifyAxios} judges otherwise than you would; `undefined` leaves one to it. Not
   * asked about calls that the caller aborted or a signal timed out.
   *
   * @default classifyAxios
   * @example
   * ```ts
   * // Refused credentials mean trouble here: they are rotated for us.
   * classify: (ending) =>
   *   'error' in ending && isAxiosError(ending.error) && ending.error.response?.status === 401 ? 'failure' : undefined
   * ```
   */
  readonly classify?: ClassifyAxios | undefined;

  /**
   * Whether a call with `responseType: 'stream'` lasts until its body has ended, so that a body that breaks off is a failure,
   * and a probe's place is taken until then. What is read slowly then counts as a slow call. Over the fetch adapter
   * `response.data` becomes another `ReadableStream` of the same bytes.
   *
   * @default false: the call has ended when its headers are there
   */
  readonly observeBody?: boolean | undefined;
}

/** What {@link protectAxios} returns. */
export interface AxiosProtection {
  /**
   * Takes the protection away: from this instance, from those made of it, and from requests that are repeated with their
   * old config. Calls under way still settle. A second call does nothing.
   */
  eject(): void;
}

/**
 * Puts a breaker in front of an axios instance, or of `axios` itself.
 *
 * It takes the place of the instance's adapter, so that a permit is held for the network call and for nothing else:
 * whatever interceptors do, before or after, each attempt takes one permit and settles it. A refused request is
 * rejected with an `AxiosError` that has the request's `config`, the code `EOPENBREAKER` and no `response`;
 * `findCircuitOpen` finds the breaker's own error in it, with `retryAfter` and `because`.
 *
 * Instances later made from this one with `create()` share the protection. Several protections nest, the last one outermost.
 * A request with an adapter of its own bypasses them all.
 *
 * @throws {TypeError} for an unknown option, for one of the wrong kind, and for a breaker that protects this instance already
 * @example
 * ```ts
 * const payments = axios.create({ baseURL: 'https://payments.example' });
 * const protection = protectAxios(payments, { breaker: createBreaker({ name: 'payments' }) });
 * ```
 */
export function protectAxios(instance: AxiosInstance, options: ProtectAxiosOptions): AxiosProtection {
  const { breaker, classify, observeBody } = checked(options);
  const { defaults } = instance;
  if (liveLayers(defaults.adapter).some((layer) => layer.breaker === breaker)) {
    throw new TypeError('protectAxios: this breaker protects this instance already; eject that protection first');
  }
  const layer: Layer = { breaker, inner: defaults.adapter, live: true };
  const { getAdapter, AxiosError, defaults: common } = copyOf(instance);

  const adapter: AxiosAdapter = (config) => {
    // For each request anew: fetch can come with the config, and may be patched at any time.
    const send = getAdapter(layer.inner ?? common.adapter, config);
    const own = breakerFor(layer, config);
    return own ? guarded(own, send, config, { classify, observeBody, AxiosError }) : send(config);
  };

  markLayer(adapter, layer);
  defaults.adapter = adapter;
  return {
    eject(): void {
      layer.live = false;
      // Anything else was put there after us, and may lead to us.
      if (defaults.adapter === adapter) Object.assign(defaults, { adapter: beneath(layer) });
    },
  };
}

/** There may be two copies of axios, one for `import` and one for `require`; `axios` itself knows its own. */
function copyOf(instance: AxiosInstance): Pick<AxiosStatic, 'AxiosError' | 'getAdapter' | 'defaults'> {
  return 'AxiosError' in instance ? (instance as AxiosStatic) : axios;
}

function checked(options: ProtectAxiosOptions): ProtectAxiosOptions & { readonly observeBody: boolean } {
  const { breaker, classify, observeBody = false, ...others } = Object(options) as ProtectAxiosOptions;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new TypeError(`protectAxios has no option '${unknown}'; it takes breaker, classify, observeBody`);
  }
  if (typeof breaker !== 'function' && typeof (Object(breaker) as { acquire?: unknown }).acquire !== 'function') {
    refuse('breaker', 'a breaker or a function that picks one for a request', breaker);
  }
  if (classify !== undefined) requireFunction('classify', classify);
  if (typeof observeBody !== 'boolean') refuse('observeBody', 'true or false', observeBody);
  return { breaker, classify, observeBody };
}
