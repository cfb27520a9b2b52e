import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { admitRequest, bodyIsComing, isOver, type NodeRequest, type NodeResponse } from '../../src/adapter/index.ts';
import { consecutiveFailures, createBreaker, findCircuitOpen, fixed, probes } from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

/** A response that does as Node's: a head is sent through `writeHead`. */
class FakeResponse extends EventEmitter implements NodeResponse {
  statusCode = 200;
  headersSent = false;
  destroyed = false;
  errored: unknown = null;
  socket: { errored: unknown } | undefined = { errored: null };
  readonly headers: Record<string, unknown> = {};

  getHeader(name: string): unknown {
    return this.headers[name];
  }

  writeHead(status: number, _reason?: unknown, _headers?: unknown): this {
    if (this.headersSent) throw new Error('sent already');
    this.statusCode = status;
    this.headersSent = true;
    return this;
  }

  destroy(error?: Error): void {
    this.destroyed = true;
    this.errored = error ?? null;
    if (this.socket) this.socket.errored = error ?? null;
  }
}

class FakeRequest extends EventEmitter implements NodeRequest {
  readonly headers: Record<string, unknown> = {};
  complete = true;
}

function serving() {
  const clock = manualClock();
  const openWhen = consecutiveFailures(1);
  const recover = probes({ permitted: 1, successes: 1 });
  const breaker = createBreaker({ name: 'route', openWhen, openFor: fixed(1_000), recover, clock });
  const outcomes: string[] = [];
  breaker.subscribe(
    ({ type, outcome, kind }) => {
      if (type === 'outcome') outcomes.push([outcome, kind].filter(Boolean).join(' '));
    },
    { outcomes: true },
  );
  const [request, response] = [new FakeRequest(), new FakeResponse()];
  const ending = () => ({ value: response });
  const go = (thrown?: unknown) => admitRequest(breaker, { request, response, ending, thrown: () => thrown });
  return { breaker, clock, outcomes, request, response, go };
}

describe('the permit of a request to a server', () => {
  it('is settled by the status when the head of the answer is sent, and leaves the response as it was', () => {
    const { outcomes, response, go } = serving();
    expect(go()).toBe(undefined);
    expect(Object.hasOwn(response, 'writeHead')).toBe(true);
    response.writeHead(500);
    expect(outcomes).toEqual(['failure 500']);
    expect([Object.hasOwn(response, 'writeHead'), response.listenerCount('close')]).toEqual([false, 0]);
    response.emit('close');
    expect(outcomes).toEqual(['failure 500']);
  });

  it.each<[rule: string, given: unknown[], ruling: string]>([
    ['an object', [503, { 'X-Circuit-Breaker': 'open' }], 'ignored EOPENBREAKER'],
    ['an object after a reason', [503, 'Sorry', { 'x-circuit-breaker': 'open' }], 'ignored EOPENBREAKER'],
    ['names and values in turn', [503, ['a', 'b', 'X-Circuit-Breaker', 'open']], 'ignored EOPENBREAKER'],
    ['pairs', [503, [['X-Circuit-Breaker', 'open']]], 'ignored EOPENBREAKER'],
    ['a value like the name', [503, ['a', 'x-circuit-breaker', 'b', 'open']], 'failure 503'],
    ['no headers', [503, 'x-circuit-breaker'], 'failure 503'],
  ])('knows the headers that writeHead is given as %s', (_rule, given, ruling) => {
    const { outcomes, response, go } = serving();
    go();
    response.writeHead(...(given as [number]));
    expect(outcomes).toEqual([ruling]);
  });

  it('is ignored if the connection closes before, which is the client leaving', () => {
    const { outcomes, response, go } = serving();
    go();
    response.emit('close');
    expect([outcomes, response.listenerCount('close')]).toEqual([['ignored'], 0]);
  });

  it('is a failure if this side destroyed the response with an error, unless the client had left or the error excuses it', () => {
    const excused = Object.assign(new Error(), { '@switchgear/ruling': { outcome: 'ignored', kind: 'bulkhead' } });
    for (const [error, socket, ruling] of [
      [new Error('x'), undefined, 'failure destroyed'],
      [new Error('x'), { errored: null }, 'ignored'],
      [excused, undefined, 'ignored bulkhead'],
    ] as const) {
      const { outcomes, response, go } = serving();
      go();
      response.destroy(error);
      if (socket) response.socket = socket;
      // Hosts go on to answer what a handler has cut off.
      response.writeHead(404);
      response.emit('close');
      expect(outcomes).toEqual([ruling]);
    }
  });

  it('over HTTP/2 is a failure unless the error has the code of a client that left', () => {
    for (const [error, ruling] of [
      [new Error('x'), 'failure destroyed'],
      [Object.assign(new Error('x'), { code: 'ERR_HTTP2_STREAM_ERROR' }), 'ignored'],
      [undefined, 'ignored'],
    ] as const) {
      const { outcomes, response, go } = serving();
      go();
      Object.assign(response, { stream: { destroyed: true, errored: error } });
      response.emit('close');
      expect(outcomes).toEqual([ruling]);
    }
  });

  it('is settled by the status at the close if the head was sent without writeHead', () => {
    const { outcomes, response, go } = serving();
    go();
    Object.assign(response, { headersSent: true, statusCode: 502 });
    response.emit('close');
    expect(outcomes).toEqual(['failure 502']);
  });

  it('is not settled by a head that the host fails to send', () => {
    const { outcomes, response, go } = serving();
    go();
    Object.assign(response, { headersSent: true });
    expect(() => response.writeHead(500)).toThrow('sent already');
    expect(outcomes).toEqual([]);
  });

  it('is refused while the circuit is open, and errors of another kind are thrown on', () => {
    const { breaker, response, go } = serving();
    breaker.trip();
    expect(findCircuitOpen(go())?.breaker).toBe('route');
    expect(response.listenerCount('close')).toBe(0);
    const { request } = serving();
    const broken = { ...breaker, acquire: () => expect.unreachable('broken') } as never;
    const served = { request, response, ending: () => ({ value: response }), thrown: () => undefined };
    expect(() => admitRequest(broken, served)).toThrow('broken');
  });
});

describe('a body that is still coming in', () => {
  it.each<[rule: string, request: object, isComing: boolean]>([
    ['a request without one', { complete: false }, false],
    ['an empty one', { complete: false, headers: { 'content-length': '0' } }, false],
    ['one of some bytes', { complete: false, headers: { 'content-length': '5' } }, true],
    ['one in chunks', { complete: false, headers: { 'transfer-encoding': 'chunked' } }, true],
    ['one that is here', { complete: true, headers: { 'content-length': '5' } }, false],
    ['a request without a network', { headers: { 'content-length': '5' }, complete: undefined }, false],
    ['over HTTP/2', { complete: false, stream: { endAfterHeaders: false, state: { remoteClose: 0 } } }, true],
    ['over HTTP/2, without one', { complete: false, stream: { endAfterHeaders: true } }, false],
    ['over HTTP/2, here', { complete: false, stream: { endAfterHeaders: false, state: { remoteClose: 1 } } }, false],
  ])('%s: %o is %s', (_rule, request, isComing) => {
    expect(bodyIsComing({ headers: {}, ...request } as never)).toBe(isComing);
  });

  it('holds no probe; the permit is acquired when the body has ended', () => {
    const { breaker, clock, outcomes, request, response, go } = serving();
    Object.assign(request, { complete: false, headers: { 'content-length': '5' } });
    breaker.trip(1_000);
    clock.advance(1_000);
    expect(go()).toBe(undefined);
    expect([breaker.state, breaker.retryAfter]).toEqual(['half-open', 0]);
    request.emit('end');
    expect(breaker.retryAfter).toBeGreaterThan(0);
    response.writeHead(200);
    expect([breaker.state, outcomes]).toEqual(['closed', ['success']]);
  });

  it('is not waited for by a circuit that refuses now', () => {
    const { breaker, request, go } = serving();
    Object.assign(request, { complete: false, headers: { 'content-length': '5' } });
    breaker.trip(1_000);
    expect(findCircuitOpen(go())?.retryAfter).toBe(1_000);
  });
});

it.each<[rule: string, fields: object, over: boolean]>([
  ['a new response', {}, false],
  ['one whose head was sent', { headersSent: true }, true],
  ['one that was ended', { writableEnded: true }, true],
  ['one that was cut off', { destroyed: true }, true],
  ['one whose stream of HTTP/2 was cut off', { stream: { destroyed: true } }, true],
])('there is nothing left to observe of %s: %o, %s', (_rule, fields, over) => {
  expect(isOver(Object.assign(new FakeResponse(), fields))).toBe(over);
});
