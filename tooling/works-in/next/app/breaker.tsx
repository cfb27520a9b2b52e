'use client';

import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { useState } from 'react';

const breaker = createBreaker({ name: 'payments', openWhen: consecutiveFailures(1) });
breaker.tryAcquire()?.settle('failure', 1);

export function Breaker() {
  const [state] = useState(breaker.state);
  return <p>{`the circuit is ${state}`}</p>;
}
