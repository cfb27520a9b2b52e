import type { CircuitOpenError } from '@switchgear/core';
import { httpRefusal, problemOf } from '@switchgear/core/adapter';
import type { NextFunction, Request, Response } from 'express';

/** What a client gets while a circuit is open. */
export type OnExpressOpen =
  | 'respond'
  | 'throw'
  | ((open: CircuitOpenError, req: Request, res: Response, next: NextFunction) => unknown);

/** Gives the client of a refused request what `onOpen` says. What it throws goes to the app's error handling. */
export function refuse(
  open: CircuitOpenError,
  req: Request,
  res: Response,
  next: NextFunction,
  onOpen: OnExpressOpen = 'respond',
): void {
  if (onOpen === 'throw') next(httpRefusal(open));
  else if (onOpen === 'respond') answerRefusal(open, req, res);
  // As in Express 5, and so in Express 4 as well, a promise that rejects is an error of the request.
  else void new Promise((resolve) => resolve(onOpen(open, req, res, next))).catch(next);
}

/** Answers 503 with Retry-After. Headers that earlier middleware has set stay. */
export function answerRefusal(open: CircuitOpenError, { originalUrl }: Request, res: Response): void {
  const { body, headers, status } = problemOf(open, originalUrl);
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.end(body);
}
