/** Breakers that outlive requests: one made when this module is evaluated, one by the first request that wants it. */
import { type Breaker, type BreakerOptions, consecutiveFailures, createBreaker, isCircuitOpen } from '@switchgear/core';
import { isTimeout, type Timeout, timeout } from '@switchgear/policies';
import type { Answer } from '../specs/requests/answers.ts';

/** Default times in milliseconds, short enough to wait for. A reset may set others. */
const OPEN_FOR = 500;
const PERMIT_TIMEOUT = 150;
let openFor = OPEN_FOR;

const OPTIONS: BreakerOptions = {
  name: 'keeper',
  openWhen: consecutiveFailures(2),
  openFor: () => openFor,
  permitTimeout: PERMIT_TIMEOUT,
};

const isolate = String(Math.random());
const madeAtModuleScope: Breaker = createBreaker(OPTIONS);
let madeInAHandler: Breaker | undefined;
const limitAtModuleScope: Timeout = timeout(100);
let limitInAHandler: Timeout | undefined;
let hung = 0;

/** Answers `/module/fail`: what to do with which breaker. */
export async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, whose, does = ''] = pathname.split('/');
  madeInAHandler ??= createBreaker(OPTIONS);
  const breaker = whose === 'module' ? madeAtModuleScope : madeInAHandler;
  if (does === 'reset') {
    openFor = Number(searchParams.get('openFor') ?? OPEN_FOR);
    breaker.reconfigure({ permitTimeout: Number(searchParams.get('permitTimeout') ?? PERMIT_TIMEOUT) });
    breaker.reset();
  }
  limitInAHandler ??= timeout(100);
  const limit = whose === 'module' ? limitAtModuleScope : limitInAHandler;
  const found =
    does === 'state'
      ? undefined
      : does === 'limited'
        ? await limited(limit)
        : await call(breaker, does, searchParams.get('say') ?? 'fine');
  const { state, rejected } = breaker.metrics();
  return Response.json({ isolate, answer: found, state, rejected, hung } satisfies Answer);
}

async function call(breaker: Breaker, does: string, say: string): Promise<unknown> {
  try {
    return await breaker.run(() => act(does, say));
  } catch (error) {
    return isCircuitOpen(error) ? 'refused' : String(error);
  }
}

/** A call that hangs, under a time limit. */
async function limited(limit: Timeout): Promise<unknown> {
  try {
    return await limit.run(() => act('hang', ''));
  } catch (error) {
    return isTimeout(error) ? 'given up' : String(error);
  }
}

/** Stands for an upstream. A timer is sufficient I/O, because it belongs to the request that started it. */
async function act(does: string, say: string): Promise<string> {
  if (does === 'hang' || does === 'dawdle') hung++;
  const takes = does === 'hang' ? 60_000 : does === 'dawdle' ? 2_000 : 5;
  await new Promise((resolve) => setTimeout(resolve, takes));
  if (does === 'fail') throw 'down';
  return say;
}
