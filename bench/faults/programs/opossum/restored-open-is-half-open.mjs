// A breaker made 1.2 s ago opens just now, for 1 s, and its state moves to another process.

import { setTimeout as sleep } from 'node:timers/promises';
import CircuitBreaker from 'opossum';

const action = () => Promise.reject(new Error('down'));
const options = { resetTimeout: 1_000 };
const breaker = new CircuitBreaker(action, { ...options });
await sleep(1_200);
await breaker.fire().catch(() => {});
const { state } = JSON.parse(JSON.stringify(breaker));
const restored = new CircuitBreaker(action, { ...options, state });
const name = (each) => (each.opened ? 'open' : each.halfOpen ? 'half-open' : 'closed');
console.log(`saved a moment after it opened: ${name(breaker)}; restored: ${name(restored)}`);
