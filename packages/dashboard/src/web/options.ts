import type { Context } from 'hono';
import type { ObserveOptions } from '../history/options.ts';
import type { PriceOptions } from '../impact/prices.ts';
import type { Order } from '../wire/order.ts';

/** What somebody asked for, and what came of it. */
export type Audit = AllowedOrder | RefusedOrder;

/** An order that is about to be carried out. */
export interface AllowedOrder {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly order: Order;

  /** Who it was, as `authorize` said. */
  readonly operator: string | undefined;
  readonly allowed: true;
}

/** An order that `authorize` did not allow. */
export interface RefusedOrder {
  /** Milliseconds since 1970. */
  readonly at: number;

  /** Absent where what was sent is not an order, is longer than one, or did not come with the question. */
  readonly order: Order | undefined;
  readonly operator: undefined;
  readonly allowed: false;
}

/** Options of {@link dashboard}. */
export interface DashboardOptions extends ObserveOptions {
  /**
   * What the page is called.
   *
   * @default 'Circuit breakers'
   */
  readonly title?: string | undefined;

  /**
   * The service that a breaker belongs to; breakers of one service are shown together.
   *
   * @default what stands before the first `/` or `:` of its name
   */
  readonly group?: ((name: string) => string) | undefined;

  /**
   * What calls and minutes are worth, for the amounts on the page.
   *
   * @default {}: no amounts
   */
  readonly prices?: PriceOptions | undefined;

  /**
   * Says who may set modes, trip and reset: `true`, or the name of the operator, for the audit. Anything else is a no. It is asked
   * about each order, before anything of its body is read. Where it depends on the order, answer with a function: that one is
   * then asked about it. Both may be async.
   *
   * @default undefined: there are no orders, and the page has no buttons
   */
  readonly authorize?: ((context: Context) => Authority | PromiseLike<Authority>) | undefined;

  /**
   * Called with each order before it is carried out, also with those that `authorize` refused. It may be async, and is waited
   * for. If it throws, nothing is done.
   *
   * @default undefined: orders are on the timeline only
   */
  readonly onAudit?: ((audit: Audit) => unknown) | undefined;

  /**
   * Origins besides the page's own that orders may come from: `['https://ops.example']`, for a proxy that changes the host.
   *
   * @default []
   */
  readonly origins?: readonly string[] | undefined;

  /**
   * How many pages may follow the events at a time. One more is told to come back; one that does not read for half a minute
   * gives up its place.
   *
   * @default 100
   */
  readonly streams?: number | undefined;
}

/** What `authorize` answers with: yes, yes and who, no, or what is to be asked about the order. */
export type Authority = Allowed | ((order: Order) => Allowed | PromiseLike<Allowed>);

/** Yes, yes and who, or no. */
export type Allowed = boolean | string | null | undefined;
