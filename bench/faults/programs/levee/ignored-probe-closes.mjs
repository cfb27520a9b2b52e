// The probe ends with an error that the filter says is none of the service's: the caller has gone.
import { setTimeout as sleep } from 'node:timers/promises';
import Levee from 'levee';

const gone = new DOMException('the user left', 'AbortError');
const service = { execute: (error, callback) => callback(error) };
const isFailure = (error) => error.name !== 'AbortError';
const breaker = new Levee.Breaker(service, { maxFailures: 1, resetTimeout: 20, isFailure });
await new Promise((resolve) => breaker.run(new Error('down'), resolve));
await sleep(50);
const before = breaker.isHalfOpen() ? 'half-open' : 'not half-open';
await new Promise((resolve) => breaker.run(gone, resolve));
console.log(
  `${before}, the service never answered, and then the circuit is ${breaker.isClosed() ? 'closed' : 'not closed'}`,
);
