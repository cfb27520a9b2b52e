import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { Breaker } from '@switchgear/axios';
import { instrumentBreakers } from '@switchgear/otel';

/** Serves what these breakers do at `http://127.0.0.1:PORT/metrics`, for a Prometheus to scrape. */
export async function serveMetrics(breakers: readonly Breaker[], port: number): Promise<void> {
  const exporter = new PrometheusExporter({ host: '127.0.0.1', port, preventServerStart: true });
  instrumentBreakers(breakers, { meter: new MeterProvider({ readers: [exporter] }).getMeter('orders') });
  await exporter.startServer();
}
