import type { Context } from 'hono';
import type { ObserveOptions } from '../history/options.ts';
import type { PriceOptions } from '../impact/prices.ts';
import type { Order } from '../wire/order.ts';

/** What an operator asked for, and what came of it. */
export interface Audit {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly order: Order;

  /** Who it was, as `authorize` said. */
  readonly operator: string | undefined;

  /** Whether `authorize` let it happen. */
  readonly allowed: boolean;
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
   * about each order.
   *
   * @default undefined: nobody may, and the page has no buttons
   */
  readonly authorize?: ((context: Context, order: Order) => Allowed | PromiseLike<Allowed>) | undefined;

  /**
   * Called with each order before it is carried out, also with those that `authorize` refused. If it throws, nothing is done.
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
}

/** What `authorize` says: yes, yes and who, or no. */
export type Allowed = boolean | string | null | undefined;
