import type { Balancer } from '@switchgear/balancer';
import type { Breaker, Ruling } from '@switchgear/core';
import { findBehind, read } from '@switchgear/core/adapter';
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
    const { name, retries, service } = this.#balancer;
    const request = service.acquire();
    const not = new Set<string>();
    let heard: Heard = { ruling: undefined };
    let failed: { readonly error: unknown } | undefined;
    try {
      for (let attempt = 1; ; attempt++) {
        const { id, permit } = this.#balancer.route({ not });
        not.add(id);
        heard = { ruling: undefined };
        try {
          const breaker = this.#breakers.get(`${name}/${id}`) as Breaker;
          const answer = await this.#servers.get(id)?.query(args, permit, breaker, heard);
          retries.earn();
          return answer;
        } catch (error) {
          failed = { error };
          const isLast = attempt === ATTEMPTS || !isElsewhereBetter(heard.ruling, error);
          if (isLast || !retries.spend(error)) throw error;
          // Nobody knows yet whether this server or all replicas are down.
          if (this.#random() < 0.5) for (const each of this.#replicas) not.add(each);
        }
      }
    } catch (error) {
      // That there is no other server tells the caller less than what the first one said.
      throw failed ? failed.error : error;
    } finally {
      request.settle(heard.ruling ?? { outcome: 'ignored' });
    }
  }
}

/** Whether another server may answer a read that failed so. Reads may be repeated, whatever became of them. */
function isElsewhereBetter(ruling: Ruling | undefined, error: unknown): boolean {
  const has = (code: string) => findBehind(error, (link) => read(link, 'code') === code) !== undefined;
  if (has(CONFLICT_WITH_RECOVERY)) return true;
  return ruling?.outcome === 'failure' && !has(STATEMENT_TIMEOUT);
}
