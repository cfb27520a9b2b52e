import { describe, expect, it } from 'vitest';
import { classifyNetworkError } from '../../src/adapter/index.ts';
import type { Ruling } from '../../src/index.ts';

/** An error of a client: a message and its own fields. */
function error(message: string, fields: object = {}): Error {
  return Object.assign(new TypeError(message), fields);
}

const refused = error('connect ECONNREFUSED', { code: 'ECONNREFUSED' });
const own: Ruling['outcome'] = 'ignored';

describe('an error without an answer', () => {
  it.each<[rule: string, error: unknown, outcome: Ruling['outcome'], kind: string]>([
    [
      'is a failure of the last code in its chain',
      error('fetch failed', { cause: refused }),
      'failure',
      'ECONNREFUSED',
    ],
    ['is one of its own code where nothing caused it', refused, 'failure', 'ECONNREFUSED'],
    ['is a network failure where no code is given', error('Failed to fetch'), 'failure', 'network'],
    ['is one where nothing at all is given', undefined, 'failure', 'network'],
    ['is one if a string was thrown', 'refused', 'failure', 'network'],
    ['is one where the code is a number', error('x', { code: 8 }), 'failure', 'network'],
    ['is one where the code is empty', error('x', { code: '' }), 'failure', 'network'],
    ['is a timeout by its code', error('x', { cause: { code: 'ETIMEDOUT' } }), 'failure', 'timeout'],
    ['is a timeout by its name', new DOMException('late', 'TimeoutError'), 'failure', 'timeout'],
    [
      'is a timeout by its cause',
      error('x', { cause: new DOMException('late', 'TimeoutError') }),
      'failure',
      'timeout',
    ],
    ['is ignored if it is an abort', new DOMException('left', 'AbortError'), own, 'abort'],
    ['says nothing when sockets ran out here', error('x', { cause: { code: 'EMFILE' } }), own, 'EMFILE'],
    ['says nothing when the request was wrong', error('x', { code: 'ERR_INVALID_URL' }), own, 'ERR_INVALID_URL'],
    ['says nothing when the client itself was closed', { code: 'UND_ERR_CLOSED' }, own, 'UND_ERR_CLOSED'],
    ['says nothing when the port is forbidden', error('fetch failed', { cause: error('bad port') }), own, 'network'],
    ['says nothing when a redirect was forbidden', error('x', { cause: error('unexpected redirect') }), own, 'network'],
    ['fails when a redirect has no end', error('x', { cause: error('redirect count exceeded') }), 'failure', 'network'],
  ])('%s', (_rule, error, outcome, kind) => {
    expect(classifyNetworkError(error)).toEqual({ outcome, kind });
  });

  it('is classified even if its causes form a cycle', () => {
    const loop = error('a', { code: 'EPIPE' });
    Object.assign(loop, { cause: loop });
    expect(classifyNetworkError(loop)).toEqual({ outcome: 'failure', kind: 'EPIPE' });
  });
});
