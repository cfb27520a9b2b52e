import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Breaker,
  consecutiveFailures,
  createBreaker,
  failureRate,
  findCircuitOpen,
  fixed,
} from '@switchgear/core';
import { classifyStatus, problemOf } from '@switchgear/core/adapter';
import {
  bulkhead,
  deadline,
  deadlineHeaders,
  degraded,
  fallback,
  isDeadline,
  pipeline,
  readDeadline,
  refusedBelow,
  timeout,
} from '../../src/index.ts';

/** A running service that depends on another. */
export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/** A service and the breaker in front of what it depends on. */
export interface ProtectedService extends Service {
  readonly breaker: Breaker;
}

type Answer = (headers: IncomingHttpHeaders, response: ServerResponse, signal: AbortSignal) => Promise<void>;

async function serve(answer: Answer): Promise<Service> {
  const server = createServer((request, response) => {
    const left = new AbortController();
    response.on('close', () => left.abort());
    answer(request.headers, response, left.signal).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** An answer of another service that cannot be used. */
class BadAnswer extends Error {
  readonly response: Response;

  constructor(response: Response) {
    super(`answered ${response.status}`);
    this.response = response;
  }
}

async function ask(url: string, init: RequestInit): Promise<string> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new BadAnswer(response);
  return text;
}

/** B: asks C within a time limit, and answers 503 while its circuit is open. */
export async function serviceB(c: string, limit: number): Promise<ProtectedService> {
  const breaker = createBreaker({ name: 'c', openWhen: consecutiveFailures(5), openFor: fixed(60_000) });
  const asksC = pipeline(deadline({ keep: 20 }), bulkhead({ concurrent: 50 }), breaker, timeout(limit));
  const service = await serve(async (headers, response, signal) => {
    try {
      const answer = await asksC.run(
        (context) => ask(c, { signal: context.signal, headers: deadlineHeaders(context.deadline) }),
        { signal, deadline: readDeadline(headers) },
      );
      response.end(answer);
    } catch (error) {
      const open = findCircuitOpen(error);
      // 408: it was the caller's time that was over, so it says nothing about B.
      if (!open) return void response.writeHead(isDeadline(error) ? 408 : 504).end();
      const { body, status, headers: said } = problemOf(open);
      response.writeHead(status, { ...said }).end(body);
    }
  });
  return { ...service, breaker };
}

/** A: asks B within a time limit, and answers with less if B cannot. */
export async function serviceA(b: string, limit: number): Promise<ProtectedService> {
  const breaker = createBreaker({
    name: 'b',
    // More evidence than B's own breaker needs, and than calls under way when that opens can give.
    openWhen: failureRate(0.5, { minimumCalls: 50 }),
    classify: (ending) => {
      const error = 'error' in ending && ending.error;
      return error instanceof BadAnswer
        ? (refusedBelow(error.response.headers) ?? classifyStatus(error.response.status))
        : undefined;
    },
  });
  const asksB = pipeline(fallback([degraded(() => 'less')]), deadline({ keep: 50 }), breaker, timeout(limit));
  const service = await serve(async (headers, response, signal) => {
    const { value, servedBy } = await asksB.run(
      (context) => ask(b, { signal: context.signal, headers: deadlineHeaders(context.deadline, 20) }),
      { signal, deadline: readDeadline(headers) },
    );
    response.writeHead(200, { 'x-served-by': servedBy }).end(value);
  });
  return { ...service, breaker };
}

/** A service that passes on what another answers, and waits for as long as that takes. */
export function bareService(next: string): Promise<Service> {
  return serve(async (_headers, response) => void response.end(await ask(next, {})));
}
