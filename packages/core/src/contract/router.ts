import type { Breaker, Permit } from './breaker.ts';

/** What is asked of a {@link Router}. */
export interface RouteRequest {
  /**
   * What the request is about, for routers that send the same key to the same endpoint: a customer, a session.
   *
   * @default undefined
   */
  readonly key?: string | undefined;

  /**
   * The ids of endpoints that this request has tried; none for its first attempt. Another is preferred, and one that is well.
   *
   * @default undefined
   */
  readonly not?: ReadonlySet<string> | undefined;

  /**
   * What those in `not` rule out: `'endpoint'`, themselves, because they asked to be left alone for a while; `'tier'`, all
   * endpoints of their tiers, because these are overloaded.
   *
   * @default undefined: nothing; another endpoint is merely preferred
   */
  readonly barred?: 'endpoint' | 'tier' | undefined;
}

/** One attempt at a service: which of its endpoints to call, and the permit to do so. */
export interface Route {
  /** The id of the endpoint. */
  readonly id: string;

  /** Its address; its id if it has none. */
  readonly to: string;

  /** Settle it with the end of this attempt, once, or the endpoint appears to be busy. */
  readonly permit: Permit;
}

/**
 * Chooses an endpoint for each attempt at a service. Adapters take one as `route`; `createBalancer` makes one. A request asks
 * the breaker of the whole service first; each of its attempts then takes a route.
 */
export interface Router {
  /** The breaker of the service. It hears how requests end, after all their attempts. */
  readonly service: Breaker;

  /** What limits repeated attempts, of all requests together. */
  readonly retries: {
    /** Counts a request that has succeeded, which earns a share of a retry. */
    earn(): void;

    /** Takes a retry. Returns false if there is none, or this error says that another attempt is of no use. */
    spend(error?: unknown): boolean;
  };

  /**
   * Chooses an endpoint and takes its permit.
   *
   * @throws {CircuitOpenError} if no endpoint may be called now, or all that may are barred
   */
  route(request?: RouteRequest): Route;
}
