export { type DescribeServedOptions, describeServed } from './describe-served.ts';
export { endingsOf, type SeenEnding, tableOfEndings } from './endings.ts';
export { mixedRequests } from './mixed-requests.ts';
export { type ObservedApp, observeApp } from './observed-app.ts';
export { servedAdapter } from './served-adapter.ts';
export type { ServedApp, ServedAppOptions, ServedEnding, ServedHost } from './served-host.ts';
export { type SlowClient, slowClient } from './slow-client.ts';
