import type { Table } from './dialect.ts';

const POOL = "a limit on connections belongs to the client: undici's connections, pg's max";
const CHOICE = 'choosing an endpoint is for a balancer';
const MESH = 'a matter of the mesh';

/** `outlierDetection` of a DestinationRule. */
export const istioOutlierTable: Table = {
  consecutive5xxErrors: ['carried', 'consecutiveFailures; 5 if it is left out, 0 leaves the rule out'],
  consecutiveGatewayErrors: ['carried', 'consecutiveFailures counting 502, 503, 504'],
  splitExternalLocalOriginErrors: [
    'approximated',
    'answers and failures of the connection count apart, and each ends the run of the other',
  ],
  consecutiveLocalOriginFailures: ['carried', 'consecutiveFailures counting failures of the connection'],
  consecutiveErrors: [
    'not carried',
    'Istio no longer reads consecutiveErrors: the mesh uses 5 times 5xx, and so does this; write consecutive5xxErrors',
  ],
  interval: ['approximated', 'rules open at once; after this long without trouble, waits start from the first again'],
  baseEjectionTime: ['carried', 'openFor: linear'],
  maxEjectionPercent: ['not carried', 'how many endpoints may be ejected is for a balancer'],
  minHealthPercent: ['not carried', 'when to use unhealthy endpoints is for a balancer'],
  outlierDetectionHttpErrorCodes: ['not carried', 'which answers are failures is what classify of an adapter says'],
};

/** `trafficPolicy` of a DestinationRule, of a subset or of a port. */
export const trafficTable: Table = {
  outlierDetection: ['carried', 'the breaker'],
  connectionPool: ['carried', 'the bulkhead'],
  retryBudget: ['carried', 'retryBudget'],
  portLevelSettings: ['carried', 'a breaker for each port, without what stands above'],
  port: ['carried', 'a part of the name'],
  loadBalancer: ['not carried', CHOICE],
  tls: ['not carried', MESH],
  tunnel: ['not carried', MESH],
  proxyProtocol: ['not carried', MESH],
};

/** `connectionPool.http`. */
export const httpPoolTable: Table = {
  http2MaxRequests: ['carried', 'bulkhead.concurrent'],
  http1MaxPendingRequests: ['approximated', 'bulkhead.queue; one waits here for a place, there for a connection'],
  maxRetries: ['approximated', 'retryBudget.burst: retries in a row rather than at once'],
  maxRequestsPerConnection: ['not carried', POOL],
  idleTimeout: ['not carried', POOL],
  h2UpgradePolicy: ['not carried', POOL],
  useClientProtocol: ['not carried', POOL],
  maxConcurrentStreams: ['not carried', POOL],
  http2KeepAlive: ['not carried', POOL],
};

/** `connectionPool.tcp`. */
export const tcpPoolTable: Table = {
  maxConnections: ['not carried', POOL],
  connectTimeout: [
    'not carried',
    "a limit on connecting belongs to the client: undici's connect.timeout, pg's connectionTimeoutMillis",
  ],
  tcpKeepalive: ['not carried', POOL],
  maxConnectionDuration: ['not carried', POOL],
  idleTimeout: ['not carried', POOL],
};

/** `spec` of a DestinationRule. */
export const specTable: Table = {
  host: ['carried', 'the name of the breaker'],
  trafficPolicy: ['carried', 'the settings'],
  subsets: ['carried', 'a breaker for each, on what the whole service has'],
  exportTo: ['not carried', MESH],
  workloadSelector: ['not carried', MESH],
};
