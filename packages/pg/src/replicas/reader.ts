import type { Balancer } from '@switchgear/balancer';
import type { Breaker, Ruling } from '@switchgear/core';
import { findBehind, furtherAttempts, read } from '@switchgear/core/adapter';
import type { Heard, Server } from './server.ts';

/** A read is made at one server, and then at another. */
const ATTEMPTS = 2;

/** A statement that takes too long here takes too long elsewhere. */
const STATEMENT_TIMEOUT = '57014';

/** A standby cancels queries that keep it from following. A read of one statement fails so for no other reason. */
const CONFLICT_WITH_RECOVERY = '40001';

/** Makes reads at the servers of one database, each where the balancer says. */
export class Reader {
  readonly #balancer: Balancer;
  readonly #servers: ReadonlyMap<string, Server>;
  readonly #breakers: ReadonlyMap<string, Breaker>;
  readonly #replicas: readonly string[];
  readonly #random: () => number;

  constructor(balancer: Balancer, servers: ReadonlyMap<string, Server>, random: () => number = Math.random) {
    this.#balancer = balancer;
    this.#servers = servers;
    this.#breakers = new Map([...balancer].map((each) => [each.name, each]));
    this.#replicas = [...servers.values()].filter(({ isPrimary }) => !isPrimary).map(({ id }) => id);
    this.#random = random;
  }

  /** Makes a query at one server, and once more at another if the first one failed and a retry is left. */
  async read(args: readonly unknown[]): Promise<unknown> {
    const { name, service } = this.#balancer;
    // It is not known yet whether only this replica is down, or all of them.
    const avoid = () => (this.#random() < 0.5 ? this.#replicas : []);
    const next = furtherAttempts(this.#balancer, { attempts: ATTEMPTS, avoid });
    const request = service.acquire();
    let heard: Heard = { ruling: undefined };
    try {
      for (let route = this.#balancer.route(); ; ) {
        heard = { ruling: undefined };
        try {
          const breaker = this.#breakers.get(`${name}/${route.id}`) as Breaker;
          const value = await this.#servers.get(route.id)?.query(args, route.permit, breaker, heard);
          next(route, { value }, 'success');
          return value;
        } catch (error) {
          const another = next(route, { error }, isElsewhereBetter(heard.ruling, error) ? 'failure' : 'ignored');
          if (!another) throw error;
          route = another;
        }
      }
    } finally {
      request.settle(heard.ruling ?? { outcome: 'ignored' });
    }
  }
}

/** Whether another server may answer a read that failed so. Reads may be repeated, whatever became of them. */
function isElsewhereBetter(ruling: Ruling | undefined, error: unknown): boolean {
  const has = (code: string) => findBehind(error, (link) => read(link, 'code') === code) !== undefined;
  // A pool may be full because its server hangs, which is known when the first queries time out.
  if (has(CONFLICT_WITH_RECOVERY) || ruling?.kind === 'pool_exhausted') return true;
  return ruling?.outcome === 'failure' && !has(STATEMENT_TIMEOUT);
}
