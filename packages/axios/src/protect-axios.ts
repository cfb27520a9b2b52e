import type { AxiosAdapter, AxiosInstance } from 'axios';
import { type CallContext, guarded } from './guarded.ts';
import {
  areAxiosOwn,
  beneath,
  breakerFor,
  host,
  type Layer,
  liveLayers,
  protectionsOf,
  remember,
  retire,
  withoutEjected,
} from './layers.ts';
import { type BreakerChoice, checked, type ProtectAxiosOptions } from './options.ts';
import { copyOf } from './refusal.ts';
import { routed } from './routed.ts';

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
 * It replaces the instance's adapter, so that a permit is held for the network call only: whatever interceptors do, before
 * or after, each attempt takes one permit and settles it. A refused request is rejected with an `AxiosError` that has the
 * request's `config`, the code `EOPENBREAKER` and no `response`; `findCircuitOpen` finds the breaker's own error in it,
 * with `retryAfter` and `because`.
 *
 * Instances later made from this one with `create()` share the protection. Several protections nest, the last one outermost.
 * A request with an adapter of its own bypasses them all.
 *
 * @throws {TypeError} for an unknown or invalid option, and for an instance that is protected already by this breaker or by
 * another copy of this package, unless `replace` is set
 * @example
 * ```ts
 * const payments = axios.create({ baseURL: 'https://payments.example' });
 * const protection = protectAxios(payments, { breaker: createBreaker({ name: 'payments' }) });
 * ```
 */
export function protectAxios(instance: AxiosInstance, options: ProtectAxiosOptions): AxiosProtection {
  const { breaker, route, attempts, trust, classify, observeBody, replace } = checked(options);
  const { defaults } = instance;
  if (replace) for (const layer of protectionsOf(instance)) retire(layer, instance);
  else requireUnprotected(instance, breaker);
  const layer: Layer = { breaker, inner: withoutEjected(defaults.adapter), madeBy: THIS_COPY, live: true };
  const copy = copyOf(instance);
  const { getAdapter, defaults: common } = copy;
  const context: CallContext = { classify, trust, observeBody, isOwnAdapter: () => areAxiosOwn(host(layer)), copy };

  const adapter: AxiosAdapter = (config) => {
    // Looked up for each request, because fetch can come with the config, and may be patched at any time.
    const send = getAdapter(layer.inner ?? common.adapter, config);
    const own = breakerFor(layer, config);
    if (route && own === route.service) return routed(route, send, config, { ...context, attempts });
    return own ? guarded(own, send, config, context) : send(config);
  };

  remember(adapter, layer, instance);
  defaults.adapter = adapter;
  return {
    eject(): void {
      retire(layer, instance);
      // Any other adapter was put there after ours, and may lead to it.
      if (defaults.adapter === adapter) Object.assign(defaults, { adapter: beneath(layer) });
    },
  };
}

/** Distinguishes the layers of this copy of the package from those of another. */
const THIS_COPY = {};

function requireUnprotected(instance: AxiosInstance, breaker: BreakerChoice): void {
  const own = protectionsOf(instance);
  const all = [...own, ...liveLayers(instance.defaults.adapter)];
  if (all.some((layer) => layer.breaker === breaker)) {
    throw new TypeError(
      'protectAxios: this breaker protects this instance already; eject that protection first, or pass replace: true',
    );
  }
  if (own.some(({ madeBy }) => madeBy !== THIS_COPY)) {
    throw new TypeError(
      'protectAxios: another copy of @switchgear/axios protects this instance already; pass replace: true to replace it',
    );
  }
}
