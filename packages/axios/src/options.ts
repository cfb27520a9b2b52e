import { read, refuse, requireFunction } from '@switchgear/core/adapter';
import type { ClassifyAxios } from './outcome.ts';
import type { BreakerChoice } from './protections.ts';
import './request-config.ts';

/** Options of `protectAxios`. */
export interface ProtectAxiosOptions {
  /**
   * The breaker in front of the service behind this instance, or a function that picks one for each request:
   * `undefined` lets that request through unprotected. An error it throws is the request's error, and so is it to give
   * anything but a breaker, a promise as well.
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

  /**
   * Whether this takes the place of all protections that the instance was given before, for an instance that outlives the
   * module which protects it: hot reload, with the instance kept on `globalThis`. Calls under way settle where they began.
   *
   * @default false: protections nest, those of one copy of this package
   * @example
   * ```ts
   * const client = (globalThis.payments ??= axios.create());
   * protectAxios(client, { breaker: createBreaker({ name: 'payments' }), replace: true });
   * ```
   */
  readonly replace?: boolean | undefined;
}

/** The options with their defaults. */
type Checked = ProtectAxiosOptions & { readonly observeBody: boolean; readonly replace: boolean };

/** The one place where options are checked. */
export function checked(options: ProtectAxiosOptions): Checked {
  const { breaker, classify, observeBody = false, replace = false, ...others } = Object(options) as ProtectAxiosOptions;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new TypeError(`protectAxios has no option '${unknown}'; it takes breaker, classify, observeBody, replace`);
  }
  if (typeof breaker !== 'function' && typeof read(breaker, 'acquire') !== 'function') {
    refuse('breaker', 'a breaker or a function that picks one for a request', breaker);
  }
  if (classify !== undefined) requireFunction('classify', classify);
  if (typeof observeBody !== 'boolean') refuse('observeBody', 'true or false', observeBody);
  if (typeof replace !== 'boolean') refuse('replace', 'true or false', replace);
  return { breaker, classify, observeBody, replace };
}
