/** What options of other libraries are called here. */
export const OTHERS: Readonly<Record<string, string>> = {
  errorThresholdPercentage: 'write openWhen: { failureRate: 50% }',
  failureRateThreshold: 'write openWhen: { failureRate: 50% }',
  failureThreshold: 'write openWhen: { consecutiveFailures: 5 }',
  halfOpenAfter: 'write openFor: 30s',
  resetTimeout: 'write openFor: 30s',
  recoveryTimeout: 'write openFor: 30s',
  waitDurationInOpenState: 'write openFor: 30s',
  successThreshold: 'write recover: { probes: 1, successes: 2 }',
  threshold: 'write openWhen: { consecutiveFailures: 5 }',
  volumeThreshold: 'write openWhen: { failureRate: 50%, minimumCalls: 20 }',
  capacity: 'write bulkhead: 10',
  enabled: 'write mode: disabled',
};
