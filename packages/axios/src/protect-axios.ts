import type { AxiosAdapter, AxiosInstance } from 'axios';
import { copyOf } from './axios-copy.ts';
import { guarded } from './guard.ts';
import { areAxiosOwn, beneath, breakerFor, hideInJson, host, liveLayers, withoutEjected } from './layer.ts';
import { checked, type ProtectAxiosOptions } from './options.ts';
import { type BreakerChoice, type Layer, protectionsOf, remember, retire } from './protections.ts';

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
 * @throws {TypeError} for an unknown option, for one of the wrong kind, and for an instance that is protected already by this
 * breaker or by another copy of this package, unless `replace` is set
 * @example
 * ```ts
 * const payments = axios.create({ baseURL: 'https://payments.example' });
 * const protection = protectAxios(payments, { breaker: createBreaker({ name: 'payments' }) });
 * ```
 */
export function protectAxios(instance: AxiosInstance, options: ProtectAxiosOptions): AxiosProtection {
  const { breaker, classify, observeBody, replace } = checked(options);
  const { defaults } = instance;
  if (replace) for (const layer of protectionsOf(instance)) retire(layer, instance);
  else requireUnprotected(instance, breaker);
  const layer: Layer = { breaker, inner: withoutEjected(defaults.adapter), madeBy: THIS_COPY, live: true };
  const copy = copyOf(instance);
  const { getAdapter, defaults: common } = copy;
  const guard = { classify, observeBody, isOwnAdapter: () => areAxiosOwn(host(layer)), copy };

  const adapter: AxiosAdapter = (config) => {
    // For each request anew: fetch can come with the config, and may be patched at any time.
    const send = getAdapter(layer.inner ?? common.adapter, config);
    const own = breakerFor(layer, config);
    return own ? guarded(own, send, config, guard) : send(config);
  };

  remember(adapter, layer, instance);
  hideInJson(adapter, layer);
  defaults.adapter = adapter;
  return {
    eject(): void {
      retire(layer, instance);
      // Anything else was put there after us, and may lead to us.
      if (defaults.adapter === adapter) Object.assign(defaults, { adapter: beneath(layer) });
    },
  };
}

/** Tells the layers of this copy of the package from those of another. */
const THIS_COPY = {};

function requireUnprotected(instance: AxiosInstance, breaker: BreakerChoice): void {
  const own = protectionsOf(instance);
  const all = [...own, ...liveLayers(instance.defaults.adapter)];
  if (all.some((layer) => layer.breaker === breaker)) {
    throw new TypeError(
      'protectAxios: this breaker protects this instance already; eject that protection first, or say replace: true',
    );
  }
  if (own.some(({ madeBy }) => madeBy !== THIS_COPY)) {
    throw new TypeError(
      'protectAxios: another copy of @switchgear/axios protects this instance already; say replace: true to take its place',
    );
  }
}
