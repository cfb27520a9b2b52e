import { type ArgumentsHost, HttpException } from '@nestjs/common';
import type { CircuitOpenError } from '@switchgear/core';
import { isOver, type NodeRequest, type NodeResponse, problemOf, read } from '@switchgear/core/adapter';

/** The request and response of Node's server, beneath those of the platform. */
export interface RawExchange {
  readonly request: NodeRequest & { readonly url?: string };
  readonly response: NodeResponse & { setHeader(name: string, value: string): unknown };
}

/** Express passes Node's own objects on; Fastify has them as `raw`. */
export function rawOf(host: ArgumentsHost): RawExchange {
  const http = host.switchToHttp();
  const [request, response] = [http.getRequest<object>(), http.getResponse<object>()];
  return {
    request: (read(request, 'raw') ?? request) as RawExchange['request'],
    response: (read(response, 'raw') ?? response) as RawExchange['response'],
  };
}

/**
 * The refusal as Nest answers it: an exception with status 503. Retry-After is set on the response, where every exception
 * filter leaves it.
 */
export function exceptionOf(open: CircuitOpenError, host: ArgumentsHost): HttpException {
  const { request, response } = rawOf(host);
  const { body, headers, status } = problemOf(open, request.url);
  // The type of the body is up to the filter that answers.
  const { 'content-type': _type, ...rest } = headers;
  if (!isOver(response)) for (const [name, value] of Object.entries(rest)) response.setHeader(name, value);
  return new HttpException(JSON.parse(body) as Record<string, unknown>, status, { cause: open });
}
