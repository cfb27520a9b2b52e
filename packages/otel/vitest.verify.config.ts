import { loadedByVite, project } from '../../vitest.shared.ts';

/** The oldest API we promise, with an SDK of its time. */
export default project('otel, API 1.9', {
  resolve: {
    alias: {
      '@opentelemetry/api': '@opentelemetry/api-1.9',
      '@opentelemetry/sdk-metrics': '@opentelemetry/sdk-metrics-2',
    },
  },
  test: {
    // These bring an SDK of their own.
    exclude: ['test/spans.test.ts', 'test/prometheus/**'],
    isolate: false,
    ...loadedByVite,
  },
});
