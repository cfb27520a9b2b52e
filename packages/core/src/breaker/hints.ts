/** What to say of options that come from opossum, cockatiel and others. Read only when an option is refused. */
export function hintsForOthers(): Readonly<Record<string, string>> {
  const rate = 'Here that is openWhen: failureRate(0.5, { minimumCalls: 20 }).';
  const wait = 'Here that is openFor: fixed(30_000).';
  const window = 'Here that is window: timeWindow(10_000, { buckets: 10 }).';
  const recover = 'Here that is recover: probes({ permitted: 1, successes: 2 }).';
  return {
    breaker: 'Here that is openWhen: consecutiveFailures(5).',
    capacity: 'That is a policy of its own here: bulkhead({ concurrent: 10 }) of @switchgear/policies.',
    errorFilter: "Here that is classify: ({ error }) => 'ignored' for errors that are not the dependency's.",
    errorThresholdPercentage: rate,
    failureThreshold: 'Here that is openWhen: consecutiveFailures(5).',
    fallback: 'That is a policy of its own here: fallback(…) of @switchgear/policies.',
    halfOpenAfter: wait,
    initialState: 'Here that is restore(breaker, snapshot).',
    resetTimeout: wait,
    rollingCountBuckets: window,
    rollingCountTimeout: window,
    successThreshold: recover,
    threshold: rate,
    timeout: 'That is a policy of its own here: timeout(3_000) of @switchgear/policies.',
    volumeThreshold: rate,
  };
}
