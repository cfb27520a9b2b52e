import { afterEach, describe, expect, it } from 'vitest';
import { askA, bareCascade, type Cascade, protectedCascade } from './run-cascade.ts';

let cascade: Cascade | undefined;
afterEach(() => cascade?.close());

describe('A calls B calls C, and C hangs', () => {
  it('with policies B’s circuit opens, A’s stays closed, and A answers with less within its deadline', async () => {
    const three = await protectedCascade(1_000);
    cascade = three;
    expect(await askA(three, 10, 10_000)).toMatchObject({ answered: 10, degraded: 0, reachedC: 10 });

    three.c.always({ does: 'hang' });
    const seen = await askA(three, 100, 10_000);
    expect(seen).toMatchObject({ asked: 100, answered: 100, degraded: 100 });
    expect(seen.slowest).toBeLessThan(10_000);
    // Five failures open B's circuit; nine more calls may have been under way by then.
    expect(seen.reachedC).toBeGreaterThanOrEqual(5);
    expect(seen.reachedC).toBeLessThanOrEqual(14);
    expect([three.b.breaker.state, three.a.breaker.state]).toEqual(['open', 'closed']);
    expect(three.a.breaker.metrics().ignored).toBeGreaterThanOrEqual(86);

    three.c.always({ does: 'answer' });
    three.b.breaker.halfOpen();
    // Two probes, one after the other.
    expect(await askA(three, 2, 10_000, 1)).toMatchObject({ degraded: 0, reachedC: 2 });
    expect(await askA(three, 10, 10_000)).toMatchObject({ answered: 10, degraded: 0 });
    expect([three.b.breaker.state, three.a.breaker.state]).toEqual(['closed', 'closed']);
  });

  it('without them every customer of A waits in vain, and every call reaches C', async () => {
    const three = await bareCascade();
    cascade = three;
    three.c.always({ does: 'hang' });
    expect(await askA(three, 20, 200)).toMatchObject({ asked: 20, answered: 0 });
  });

  it('a customer with less time than B’s limit gets its answer in its own time', async () => {
    const three = await protectedCascade(1_000);
    cascade = three;
    three.c.always({ does: 'hang' });
    // What A and B keep of 200 ms leaves 110 for C, and no breaker counts that against C.
    expect(await askA(three, 40, 200)).toMatchObject({ asked: 40 });
    expect(three.a.breaker.metrics().failures).toBe(0);
    expect(three.b.breaker.metrics().failures).toBe(0);
    expect([three.b.breaker.state, three.a.breaker.state]).toEqual(['closed', 'closed']);
  });
});
