import type { Breaker } from '@switchgear/axios';
import { dashboard, impact } from '@switchgear/dashboard';
import { Hono } from 'hono';
import { PRICES } from './prices.ts';
import { SLOW_CHARGE } from './protection.ts';
import type { StandIns } from './stand-ins.ts';

/** What the dashboard of a shop needs. */
export interface DashboardSetting {
  /** Where it is mounted. Nobody guesses it, so whoever has the address may look, and operate. */
  readonly key: string;

  /** The origin of a page that may show it in a frame. */
  readonly framedBy?: string | undefined;
  readonly standIns: StandIns;
}

/**
 * The dashboard of the shop's breakers, and at `api/payments/impact` below it what those around payments saved, in money: only their calls are orders, so
 * only those have the shop's prices.
 */
export function createDashboardApp(breakers: readonly Breaker[], { key, framedBy, standIns }: DashboardSetting): Hono {
  const app = new Hono();
  if (framedBy) {
    app.get(`/${key}`, async (context, next) => {
      await next();
      const policy = context.res.headers.get('Content-Security-Policy') ?? '';
      context.header(
        'Content-Security-Policy',
        policy.replace("frame-ancestors 'none'", `frame-ancestors ${framedBy}`),
      );
    });
  }
  const payments = breakers.filter(({ name }) => name === 'payments');
  app.get(`/${key}/api/payments/impact`, (context) => context.json(impact(payments, PRICES)));
  const page = dashboard(breakers, {
    title: 'The shop with breakers',
    slowerThan: SLOW_CHARGE,
    fallbacks: {
      payments: () => ({ served: standIns.payments }),
      alternative: () => ({ served: standIns.alternative }),
    },
    authorize: () => true,
  });
  return app.route(`/${key}`, page);
}
