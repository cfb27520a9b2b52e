import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { protectReplicas } from '../../src/replicas/index.ts';

describe('a mistake in the options of protectReplicas is an error that says what is right', () => {
  const pool = () => new pg.Pool();
  const right = () => ({ name: 'orders', primary: pool(), replicas: [pool()] });
  const shared = pool();

  it.each([
    [{ name: '' }, /name must be a string that is not empty, got ''/],
    [{ primary: {} }, /primary\.connect must be a method of a pool, got undefined/],
    [{ replicas: [] }, /replicas must be a list of at least one pool, got .*for example/],
    [{ replicas: [{ id: 'a' }] }, /replicas\[0\]\.connect must be a method of a pool/],
    [{ primary: shared, replicas: [shared] }, /replicas must be pools of their own, each once/],
    [{ breaker: {} }, /breaker must be a breaker/],
    [{ maxLag: 0 }, /maxLag must be/],
    [{ classify: 1 }, /classify must be a function/],
    [{ balancer: { name: 'a' } }, /balancer\.name must be left out/],
    [{ replicas: [{ pool: shared, id: 'primary' }] }, /endpoint id must be unique in the list, got 'primary'/],
    [{ maxLagg: 5 }, /has no option 'maxLagg'.*did you mean 'maxLag'/],
  ] as const)('%#', (wrong, message) => {
    expect(() => protectReplicas({ ...right(), ...(wrong as object) })).toThrow(message);
  });
});
