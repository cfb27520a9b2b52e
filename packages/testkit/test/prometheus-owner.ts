import { startPrometheus } from '../servers/prometheus/index.ts';

/** A process that starts a Prometheus, says where it lives, and waits to be killed. */
const [executable = ''] = process.argv.slice(2);
const { url, home } = await startPrometheus({ executable, target: 'http://127.0.0.1:9/metrics', every: '1s' });
process.stdout.write(JSON.stringify({ url, home }));
setInterval(() => undefined, 60_000);
