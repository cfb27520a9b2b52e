// A call begun before the outage succeeds while the circuit is open, long before its cooldown has elapsed.
import { Disyuntor } from 'disyuntor';

let answer;
const breaker = new Disyuntor({ name: 'service', maxFailures: 1, cooldown: '1m', maxCooldown: '1m' });
const late = breaker.protect(() => new Promise((resolve) => (answer = resolve)));
await breaker.protect(() => Promise.reject(new Error('down'))).catch(() => {});
const before = breaker.state;
answer('from before the outage');
await late;
console.log(`${before} for a minute, and a moment later ${breaker.state}`);
