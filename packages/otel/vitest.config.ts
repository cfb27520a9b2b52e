import { project } from '../../vitest.shared.ts';

const newest = { extends: true as const, test: { name: 'otel' } };

/** The oldest API we promise, with an SDK of its time. */
const oldest = {
  extends: true as const,
  resolve: {
    alias: {
      '@opentelemetry/api': '@opentelemetry/api-1.9',
      '@opentelemetry/sdk-metrics': '@opentelemetry/sdk-metrics-2',
    },
  },
  test: {
    name: 'otel, API 1.9',
    // These bring an SDK of their own.
    exclude: ['test/spans.test.ts', 'test/prometheus/**'],
  },
};

// No file leaves anything behind, so all can share what they import.
export default project('otel', { test: { projects: [newest, oldest], isolate: false } });
