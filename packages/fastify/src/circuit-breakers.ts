import { type Breaker, type CircuitOpenError, createRegistry, findCircuitOpen, type Registry } from '@switchgear/core';
import { admitRequest, breakerOfRequest, isOver, refuseAtOnce } from '@switchgear/core/adapter';
import type { FastifyInstance, FastifyPluginCallback, FastifyRequest } from 'fastify';
import { type CircuitBreakersOptions, checked, type RouteBreaker, requireRouteBreaker } from './options.ts';
import { refuse } from './refusal.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The registry in which routes name their breakers: for dashboards, health checks and metrics. */
    readonly breakers: Registry;
  }

  interface FastifyContextConfig {
    /** The breaker around this route: its name, the breaker itself, or what picks one for a request. `false` for none. */
    breaker?: RouteBreaker | undefined;
  }
}

/**
 * A plugin that puts breakers around routes. A route names its breaker: `config: { breaker: 'payments' }`. While a route
 * keeps failing, its requests are refused at once, and clients are told when to come back. Register it once, before the
 * routes.
 *
 * A request asks for its permit when its body is in and earlier hooks have let it pass. The permit is settled when the answer
 * begins; a stream that breaks off later changes nothing. A client that leaves before counts neither for nor against the
 * route.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @example
 * ```ts
 * await app.register(circuitBreakers);
 * app.get('/reports/:id', { config: { breaker: 'reports' } }, sendReport);
 * ```
 */
export const circuitBreakers: FastifyPluginCallback<CircuitBreakersOptions> = Object.assign(
  (app: FastifyInstance, options: CircuitBreakersOptions, done: (error?: Error) => void) => {
    try {
      install(app, options);
      done();
    } catch (error) {
      // Fastify would wait in vain for a plugin that throws.
      done(error as Error);
    }
  },
  // As Fastify documents it: the plugin acts on the scope that registers it, not on one of its own.
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: '@switchgear/fastify' },
);

/** What is known of a request with a breaker around its route. */
interface Guarded {
  readonly breaker: Breaker;
  thrown?: unknown;
}

function install(app: FastifyInstance, given: CircuitBreakersOptions): void {
  const { registry, breaker, classify, onOpen } = checked(given);
  if (app.hasDecorator('breakers')) throw new Error('Switchgear: circuitBreakers is registered already');
  const breakers = registry ?? createRegistry({ options: (name) => ({ name }) });
  const guarded = new WeakMap<FastifyRequest, Guarded>();
  app.decorate('breakers', breakers);

  function chosenFor(request: FastifyRequest): Breaker | undefined {
    if (request.is404) return undefined;
    const choice = request.routeOptions.config.breaker ?? breaker;
    if (typeof choice === 'string') return breakers.get(choice);
    return choice ? breakerOfRequest(choice, request) : undefined;
  }

  app.addHook('onRoute', ({ url, config }) => requireRouteBreaker(url, config?.breaker));

  // A circuit that refuses now does so before the body comes in. A permit is asked for later.
  app.addHook('onRequest', async (request, reply) => {
    const own = chosenFor(request);
    if (!own) return undefined;
    guarded.set(request, { breaker: own });
    const open = refusalNow(own);
    return open && refuse(open, request, reply, onOpen);
  });

  app.addHook('preHandler', async (request, reply) => {
    const state = guarded.get(request);
    if (!state || isOver(reply.raw)) return undefined;
    const thrown = () => state.thrown;
    const ending = () => ({ value: reply, thrown: state.thrown });
    const open = admitRequest(state.breaker, { request: request.raw, response: reply.raw, ending, thrown, classify });
    return open && refuse(open, request, reply, onOpen);
  });

  app.addHook('onError', async (request, _reply, error) => {
    const state = guarded.get(request);
    if (state) state.thrown = error;
  });
}

function refusalNow(breaker: Breaker): CircuitOpenError | undefined {
  try {
    refuseAtOnce(breaker);
    return undefined;
  } catch (error) {
    const open = findCircuitOpen(error);
    if (open) return open;
    throw error;
  }
}
