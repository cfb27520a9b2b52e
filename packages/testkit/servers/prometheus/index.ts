export { type PrometheusPrograms, prometheusOrSkip } from './prometheus-or-skip.ts';
export { type Alert, type Prometheus, type PrometheusOptions, startPrometheus } from './start-prometheus.ts';
