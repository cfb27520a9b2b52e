import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Breaker } from '@switchgear/axios';
import { dashboard, impact } from '@switchgear/dashboard';
import { instrumentBreakers } from '@switchgear/otel';
import { Hono } from 'hono';
import type { FallbackCounts } from './pay.ts';
import { PRICES } from './prices.ts';
import { SLOW_CHARGE } from './protection.ts';

/** Options of the shop's dashboard. */
export interface DashboardSetting {
  /** The secret path where it is mounted. Anyone who knows it may view and operate. */
  readonly key: string;

  /** The origin of a page that may show it in a frame. */
  readonly framedBy?: string | undefined;
  readonly fallbackCounts: FallbackCounts;
}

/**
 * The dashboard of the shop's breakers. Below it, `api/payments/impact` has the savings of the payment breaker in money: only its calls
 * are orders, so the shop's prices apply only to them.
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

/** Serves metrics of these breakers for Prometheus at `http://127.0.0.1:PORT/metrics`. */
export async function serveMetrics(breakers: readonly Breaker[], port: number): Promise<void> {
  const exporter = new PrometheusExporter({ host: '127.0.0.1', port, preventServerStart: true });
  instrumentBreakers(breakers, { meter: new MeterProvider({ readers: [exporter] }).getMeter('orders') });
  await exporter.startServer();
}
