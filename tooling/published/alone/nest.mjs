import assert from 'node:assert/strict';
import { consecutiveFailures } from '@switchgear/core';
import { BreakerInterceptor, createBreaker } from '@switchgear/nest';
import { lastValueFrom, of, throwError } from 'rxjs';

let reached = 0;
const breaker = createBreaker({ name: 'alone', openWhen: consecutiveFailures(2) });
const interceptor = new BreakerInterceptor({ breaker });
class Handlers {}
const context = { getType: () => 'rpc', getClass: () => Handlers, getHandler: () => Handlers };
const next = { handle: () => (++reached === 1 ? of('ok') : throwError(() => new Error('down'))) };

const seen = [];
for (let i = 0; i < 4; i++) {
  seen.push(await lastValueFrom(interceptor.intercept(context, next)).catch((error) => error.code ?? error.message));
}
assert.deepEqual(seen, ['ok', 'down', 'down', 'EOPENBREAKER']);
assert.equal(reached, 3);

console.log('story told');
