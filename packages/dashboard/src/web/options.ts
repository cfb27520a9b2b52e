import { requireFunction, requireOptions, requireWhole } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import { requireString, requireStrings } from '../check/require.ts';
import { OBSERVE_OPTIONS, type ObserveOptions } from '../history/options.ts';
import { type PriceOptions, requirePrices } from '../impact/prices.ts';
import type { Together } from '../wire/messages.ts';
import type { Order } from '../wire/order.ts';
import type { ShownTree } from '../wire/trees.ts';

/** An order and whether it was allowed. */
export type Audit = AllowedOrder | RefusedOrder;

/** An order that is about to be carried out. */
export interface AllowedOrder {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly order: Order;

  /** The operator's name, as returned by `authorize`. */
  readonly operator: string | undefined;
  readonly allowed: true;
}

/** An order that `authorize` did not allow. */
export interface RefusedOrder {
  /** Milliseconds since 1970. */
  readonly at: number;

  /** Absent if the body is not a valid order, is too long, or did not arrive with the headers. */
  readonly order: Order | undefined;
  readonly operator: undefined;
  readonly allowed: false;
}

/** The part of a `Sharing` of `@switchgear/sharing` that is shown. */
export interface ShownSharing {
  report(): Together;
}

/** The part of a `Balancer` of `@switchgear/balancer` that is shown. */
export interface ShownBalancer {
  readonly name: string;
  rows(): ShownTree['rows'];
}

/** Options of {@link dashboard}. */
export interface DashboardOptions extends ObserveOptions {
  /**
   * The title of the page.
   *
   * @default 'Circuit breakers'
   */
  readonly title?: string | undefined;

  /**
   * The service that a breaker belongs to; breakers of one service are shown together.
   *
   * @default the part of its name before the first `/` or `:`
   */
  readonly group?: ((name: string) => string) | undefined;

  /**
   * What calls and minutes are worth, for the amounts on the page.
   *
   * @default {}: no amounts
   */
  readonly prices?: PriceOptions | undefined;

  /**
   * What `share` of `@switchgear/sharing` returned for these breakers. The page then shows which instances there are and what they say.
   *
   * @default undefined
   */
  readonly sharing?: ShownSharing | undefined;

  /**
   * What `createBalancer` of `@switchgear/balancer` returned, for each service of several endpoints. The page then shows a row for each endpoint:
   * its weight, state, latency, and why. Observe the breakers of a balancer too: it can be iterated.
   *
   * @default undefined
   */
  readonly balancers?: readonly ShownBalancer[] | undefined;

  /**
   * Decides who may set modes, trip and reset. Return `true`, or the operator's name for the audit; anything else refuses. Called for each
   * order, before its body is read. If the decision depends on the order, return a function, which is then called with the order. Both
   * may be async.
   *
   * @default undefined: no orders are accepted, and the page has no buttons
   */
  readonly authorize?: ((context: Context) => Authority | PromiseLike<Authority>) | undefined;

  /**
   * Called with each order before it is carried out, including those that `authorize` refused. It may be async and is awaited. If it
   * throws, the order is not carried out.
   *
   * @default undefined: orders are only recorded on the timeline
   */
  readonly onAudit?: ((audit: Audit) => unknown) | undefined;

  /**
   * Origins besides the page's own that may send orders: `['https://ops.example']`, for a proxy that changes the host.
   *
   * @default []
   */
  readonly origins?: readonly string[] | undefined;

  /**
   * The maximum number of concurrent event streams. Further clients get a 503 with Retry-After; a client that does not read for half a
   * minute is disconnected.
   *
   * @default 100
   */
  readonly streams?: number | undefined;
}

/** What `authorize` returns: a decision, or a function that decides on the order. */
export type Authority = Allowed | ((order: Order) => Allowed | PromiseLike<Allowed>);

/** `true` or the operator's name to allow, anything else to refuse. */
export type Allowed = boolean | string | null | undefined;

/** Options of the page itself, as opposed to those of observing. */
const OWN: readonly string[] = [
  'title',
  'group',
  'prices',
  'sharing',
  'balancers',
  'authorize',
  'onAudit',
  'origins',
  'streams',
];

/** All names. */
export const DASHBOARD_OPTIONS: readonly string[] = [...OBSERVE_OPTIONS, ...OWN];

/** Checks the options and splits them into those of the page and those of observing. @throws {TypeError | RangeError} naming the option, the rule and the value */
export function checkOptions(options: DashboardOptions): { readonly page: DashboardOptions; readonly observe: object } {
  const page = requireOptions('dashboard', options, DASHBOARD_OPTIONS);
  const { title = '', prices = {}, origins = [], streams = 0, sharing } = page;
  requireString('title', title);
  for (const name of ['group', 'authorize', 'onAudit'] as const) {
    if (page[name] !== undefined) requireFunction(name, page[name]);
  }
  if (sharing !== undefined) requireFunction('sharing', Object(sharing).report, 'what share returned', sharing);
  for (const balancer of page.balancers ?? []) {
    requireFunction('balancers', Object(balancer).rows, 'a list of what createBalancer returned', balancer);
  }
  requirePrices(prices);
  requireStrings('origins', origins);
  requireWhole('streams', streams, 0);
  return { page, observe: Object.fromEntries(Object.entries(page).filter(([name]) => !OWN.includes(name))) };
}
