import { createBalancer, findCircuitOpen, isCircuitOpen, leastCost, outliers, type Pick } from '@switchgear/balancer';
import { consecutiveFailures, fixed } from '@switchgear/core';
import { describe, expect, it, vi } from 'vitest';
import { scene, stateOf } from './scene.ts';

const failing = new Error('no');
const plenty = { earn() {}, spend: () => true };

describe('run', () => {
  it('calls an endpoint and passes its own value and error through', async () => {
    const { balancer } = scene(['a', 'b']);
    expect(await balancer.run(({ id }) => `answer of ${id}`)).toMatch(/^answer of [ab]$/);
    await expect(balancer.run(() => Promise.reject(failing))).rejects.toBe(failing);
  });

  it('tries another endpoint if it may, and the service hears only how the request ends', async () => {
    const { balancer } = scene(['a', 'b']);
    const tried: string[] = [];
    const answer = await balancer.run(
      ({ id }, attempt) => {
        tried.push(id);
        if (attempt === 1) throw failing;
        return id;
      },
      { attempts: 2 },
    );
    expect(new Set(tried)).toEqual(new Set(['a', 'b']));
    expect(answer).toBe(tried[1]);
    expect(balancer.service.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });

  it('tries the same endpoint again if there is no other', async () => {
    const { balancer } = scene(['a']);
    const call = vi.fn().mockRejectedValueOnce(failing).mockResolvedValueOnce('answer');
    expect(await balancer.run(call, { attempts: 2 })).toBe('answer');
  });

  it('makes no further attempt without a retry left, after a success, or once the caller has left', async () => {
    const empty = scene(['a', 'b'], { retries: { earn() {}, spend: () => false } });
    const call = vi.fn().mockRejectedValue(failing);
    await expect(empty.balancer.run(call, { attempts: 3 })).rejects.toBe(failing);
    expect(call).toHaveBeenCalledTimes(1);
    const { balancer } = scene(['a', 'b'], { retries: plenty });
    const left = new AbortController();
    const leaving = vi.fn(() => {
      left.abort();
      return Promise.reject(failing);
    });
    await expect(balancer.run(leaving, { attempts: 3, signal: left.signal })).rejects.toBe(failing);
    expect(leaving).toHaveBeenCalledTimes(1);
    expect(balancer.service.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });

  it('after overload goes to another tier only, and spends no retry if there is none', async () => {
    const spend = vi.fn(() => true);
    const overloaded = () => ({ outcome: 'failure', kind: 'overloaded' }) as const;
    const options = { retries: { earn() {}, spend }, leaf: { classify: overloaded } };
    const call = vi.fn();
    await scene(['a', 'b'], options).balancer.run(call, { attempts: 3 });
    expect([call.mock.calls.length, spend.mock.calls.length]).toEqual([1, 0]);
    const tiers = [{ id: 'a' }, { id: 'b' }, { id: 'c', tier: 1 }, { id: 'd', tier: 1 }];
    await scene(tiers, options).balancer.run(call, { attempts: 3 });
    expect(call.mock.calls.slice(1).map(([{ tier }]) => tier ?? 0)).toEqual([0, 1]);
    expect(spend).toHaveBeenCalledTimes(1);
  });

  it('leaves endpoints alone that say when to come back', async () => {
    const { balancer } = scene(['a', 'b', 'c'], {
      retries: plenty,
      leaf: { classify: () => ({ outcome: 'failure', retryAfter: 10 }) },
    });
    const call = vi.fn();
    await balancer.run(call, { attempts: 9 });
    expect(new Set(call.mock.calls.map(([{ id }]) => id)).size).toBe(3);
    expect(call).toHaveBeenCalledTimes(3);
  });

  it('needs no retry after a probe of an ejected endpoint, which was not for the request', async () => {
    const { balancer, clock, calls } = scene(['a', 'b', 'c'], { retries: { earn() {}, spend: () => false } });
    calls(60, (id) => id !== 'a');
    expect(stateOf(balancer, 'a')).toBe('open');
    clock.advance(1_000);
    const tried: string[] = [];
    const call = ({ id }: { id: string }) => {
      tried.push(id);
      if (id === 'a') throw failing;
      return id;
    };
    expect(await balancer.run(call, { attempts: 2 })).toMatch(/[bc]/);
    expect(tried[0]).toBe('a');
  });

  it('makes no further attempt as a probe while an endpoint that is well admits it', async () => {
    const { balancer, clock, calls } = scene(['a', 'b', 'c', 'd', 'e', 'f']);
    const isDown = (id: string) => id === 'a' || id === 'b';
    calls(200, (id) => !isDown(id));
    expect(['a', 'b'].map((id) => stateOf(balancer, id))).toEqual(['open', 'open']);
    clock.advance(2_000);
    const tried: string[] = [];
    const call = ({ id }: { id: string }) => {
      tried.push(id);
      if (isDown(id)) throw failing;
      return id;
    };
    for (let request = 0; request < 2; request++) expect(isDown(await balancer.run(call, { attempts: 2 }))).toBe(false);
    expect([tried.length, tried[0], tried[2]]).toEqual([4, 'a', 'b']);
  });

  it('makes a first attempt as a probe, also one that names no endpoints that were tried', () => {
    const { balancer, clock, calls } = scene(['a', 'b', 'c']);
    calls(60, (id) => id !== 'a');
    clock.advance(1_000);
    expect(balancer.route({ not: new Set() })).toMatchObject({ id: 'a', permit: { probe: true } });
  });

  it('asks whether an ejected endpoint is back before it tries the same one again', async () => {
    const { balancer, clock, calls } = scene(['a', 'b'], { retries: plenty });
    calls(60, (id) => id === 'a');
    expect(stateOf(balancer, 'b')).toBe('open');
    const call = vi.fn(({ id }: { id: string }) => {
      clock.advance(1_000);
      if (id === 'a') throw failing;
      return id;
    });
    expect(await balancer.run(call, { attempts: 3 })).toBe('b');
    expect(call).toHaveBeenCalledTimes(2);
  });

  it('gives the endpoint back if no retry is left for it', async () => {
    const { balancer } = scene(['a', 'b'], {
      retries: { earn() {}, spend: () => false },
      leaf: { classify: () => ({ outcome: 'failure', retryAfter: 10 }) },
    });
    const call = vi.fn();
    await balancer.run(call, { attempts: 2 });
    expect(call).toHaveBeenCalledTimes(1);
    expect(balancer.rows().map(({ load }) => load)).toEqual([0, 0]);
  });

  it('rejects with the error of the attempt before if no endpoint admits another', async () => {
    const { balancer } = scene(['a', 'b'], { retries: plenty });
    const isolating = ({ id }: { id: string }) => {
      for (const breaker of balancer) if (breaker !== balancer.service) breaker.setMode('isolated');
      throw Object.assign(new Error(id), { id });
    };
    await expect(balancer.run(isolating, { attempts: 2 })).rejects.toHaveProperty('id');
    await expect(balancer.run(isolating, { attempts: 2 })).rejects.toSatisfy(isCircuitOpen);
  });

  it('classifies values as leaf.classify says', async () => {
    const { balancer } = scene(['a', 'b'], {
      retries: plenty,
      leaf: { classify: (ending) => ('value' in ending && ending.value === 503 ? 'failure' : undefined) },
    });
    const answers = [503, 200];
    expect(await balancer.run(() => answers.shift(), { attempts: 2 })).toBe(200);
    expect(balancer.service.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });
});

describe('a refusal', () => {
  it('by the endpoints is no outcome of the service, and says how many are ejected', async () => {
    const { balancer } = scene(['a', 'b'], { leaf: { openFor: fixed(5_000), openWhen: consecutiveFailures(1) } });
    for (const breaker of balancer) if (breaker !== balancer.service) breaker.trip();
    const refusal = findCircuitOpen(await balancer.run(() => 1).catch((error: unknown) => error));
    expect(refusal).toMatchObject({
      breaker: 'search',
      retryAfter: 5_000,
      because: { rule: 'endpoints', evidence: { endpoints: 2, ejected: 2 } },
    });
    expect(balancer.service.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });

  it('is none with panic: the call goes to any, and changes metrics only', async () => {
    const { balancer } = scene(['a', 'b'], { panic: true });
    for (const breaker of balancer) if (breaker !== balancer.service) breaker.trip(60_000);
    expect(await balancer.run(() => 'answer')).toBe('answer');
    expect(balancer.rows().map(({ state }) => state)).toEqual(['open', 'open']);
  });
});

describe('update', () => {
  it('starts new endpoints slowly, and keeps what is known of those that stay or come back', () => {
    const { balancer, calls } = scene(['a', 'b', 'c'], {
      leaf: { openWhen: consecutiveFailures(3), openFor: fixed(600_000) },
    });
    calls(60, (id) => id !== 'a');
    balancer.update([{ id: 'b' }, { id: 'c' }, { id: 'new' }]);
    expect(balancer.rows().map(({ id, weight }) => [id, weight])).toEqual([
      ['b', 1],
      ['c', 1],
      ['new', 0.1],
    ]);
    expect(balancer.rows()[2]?.why).toBe('Starting slowly.');
    balancer.update([{ id: 'a' }, { id: 'b' }]);
    expect(stateOf(balancer, 'a')).toBe('open');
  });

  it('lets calls at removed endpoints end', () => {
    const { balancer } = scene(['a']);
    const { permit } = balancer.route();
    balancer.update([{ id: 'b' }]);
    permit.settle('success');
    expect(balancer.rows()).toMatchObject([{ id: 'b', load: 0 }]);
  });

  it('changes nothing if an endpoint is invalid', () => {
    const { balancer } = scene(['a']);
    expect(() => balancer.update([{ id: 'b' }, { id: 'b' }])).toThrow(
      "endpoint id must be unique in the list, got 'b'",
    );
    expect(balancer.rows()).toHaveLength(1);
  });
});

describe('subscribe', () => {
  it('brings the events of the service and of endpoints, also of later ones, until it ends', () => {
    const { balancer, calls } = scene(['a', 'b', 'c']);
    const heard: string[] = [];
    const stop = balancer.subscribe(({ type, breaker }) => heard.push(`${breaker} ${type}`));
    calls(60, (id) => id !== 'a');
    expect(heard).toContain('search/a move');
    balancer.update([{ id: 'd' }]);
    balancer.service.trip();
    for (const breaker of balancer) breaker.trip();
    expect(heard).toEqual(expect.arrayContaining(['search move', 'search/d move']));
    const { length } = heard;
    stop();
    for (const breaker of balancer) breaker.reset();
    expect(heard).toHaveLength(length);
  });
});

it('a permit that is never settled stops counting as a call under way', () => {
  const { balancer, clock, calls } = scene(['a', 'b'], { pick: leastCost() });
  const { id } = balancer.route();
  clock.advance(61_000);
  calls(20);
  expect(balancer.rows().find((row) => row.id === id)?.load).toBe(0);
});

it('a permit settles once', () => {
  const { balancer } = scene(['a']);
  const { permit } = balancer.route();
  permit.settle('success');
  permit.settle('failure');
  expect(balancer.rows()).toMatchObject([{ load: 0, success: 1 }]);
});

it('every wrong option is refused with its name, the value and the rule', () => {
  const endpoints = [{ id: 'a' }];
  const wrong = (options: object) => () => createBalancer({ name: 'search', endpoints, ...options });
  expect(wrong({ name: '' })).toThrow("createBalancer name must be a string that is not empty, got ''");
  expect(wrong({ endpoints: [] })).toThrow('endpoints must be at least one endpoint');
  expect(wrong({ endpoints: 5 })).toThrow('endpoints must be a list of endpoints, got 5');
  expect(wrong({ endpoints: [{ id: 'a', weight: 0 }] })).toThrow(
    'endpoint weight must be a number greater than 0, got 0',
  );
  expect(wrong({ endpoints: [{ id: 'a', tier: -1 }] })).toThrow('endpoint tier must be a whole number of at least 0');
  expect(wrong({ maxEjected: 50 })).toThrow(
    'createBalancer maxEjected must be a share greater than 0 and at most 1, got 50',
  );
  expect(wrong({ slowStart: -1 })).toThrow('createBalancer slowStart must be a number of at least 0, got -1');
  expect(wrong({ pick: 'random' as unknown as Pick })).toThrow('createBalancer pick must be a way to pick');
  expect(wrong({ outliers: {} })).toThrow('createBalancer outliers must be what outliers() returns');
  expect(wrong({ maxEjection: 1 })).toThrow("createBalancer has no option 'maxEjection'");
  expect(wrong({ outliers: outliers() })).not.toThrow();
});
