import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { dashboard, impact } from '@switchgear/dashboard';
import { type Breaker, instrumentBreakers } from '@switchgear/otel';
import { Hono } from 'hono';
import type { FallbackCounts } from './pay.ts';
import { PRICES } from './prices.ts';
import { SLOW_CHARGE } from './protection.ts';

/** What the dashboard of a shop needs. */
export interface DashboardSetting {
  /** Where it is mounted. Nobody guesses it, so whoever has the address may look, and operate. */
  readonly key: string;

  /** The origin of a page that may show it in a frame. */
  readonly framedBy?: string | undefined;
  readonly fallbackCounts: FallbackCounts;
}

/**
 * The dashboard of the shop's breakers, and at `api/payments/impact` below it what those around payments saved, in money: only their calls are orders, so
 * only those have the shop's prices.
 */
export function createDashboardApp(
  breakers: readonly Breaker[],
  { key, framedBy, fallbackCounts }: DashboardSetting,
): Hono {
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
      payments: () => ({ served: fallbackCounts.payments }),
      alternative: () => ({ served: fallbackCounts.alternative }),
    },
    authorize: () => true,
  });
  return app.route(`/${key}`, page);
}

/** Serves what these breakers do at `http://127.0.0.1:PORT/metrics`, for a Prometheus to scrape. */
export async function serveMetrics(breakers: readonly Breaker[], port: number): Promise<void> {
  const exporter = new PrometheusExporter({ host: '127.0.0.1', port, preventServerStart: true });
  instrumentBreakers(breakers, { meter: new MeterProvider({ readers: [exporter] }).getMeter('orders') });
  await exporter.startServer();
}
