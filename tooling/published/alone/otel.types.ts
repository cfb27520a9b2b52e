import type { Meter } from '@opentelemetry/api';
import { createBreaker, createRegistry } from '@switchgear/core';
import { type Instrumentation, instrumentBreakers } from '@switchgear/otel';

declare const meter: Meter;
const payments = createBreaker({ name: 'payments' });
export const measured: Instrumentation[] = [
  instrumentBreakers(payments, { meter, maxNames: 10 }),
  instrumentBreakers([payments]),
  instrumentBreakers(createRegistry({ options: (name) => ({ name }) })),
];
