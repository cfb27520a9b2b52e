import { describe, expect, it } from 'vitest';
import { type Breaker, consecutiveFailures, createRegistry, fixed, type Registry } from '../../src/index.ts';
import { type ManualClock, manualClock } from '../../src/testing/manual-clock.ts';

const MONTH = 30 * 86_400_000;

/** Breakers that open for a minute at three failures in a row. */
function registryOf(max: number): { registry: Registry; clock: ManualClock } {
  const clock = manualClock();
  const options = (name: string) => ({ name, clock, openWhen: consecutiveFailures(3), openFor: fixed(60_000) });
  return { registry: createRegistry({ options, max }), clock };
}

/** A call that fails, if it is let through. Says whether it was made. */
function failing(breaker: Breaker): boolean {
  const permit = breaker.tryAcquire();
  permit?.settle('failure');
  return permit !== undefined;
}

const keys = (name: string, many: number): string[] => Array.from({ length: many }, (_, index) => `${name} ${index}`);

/** Each key is asked for, fails as often as it may and a few times more, all in a row. */
function die(registry: Registry, dying: readonly string[]): void {
  for (const key of dying) for (let call = 0; call < 6; call++) failing(registry.get(key));
}

/** How many of the calls to these hosts, which are down, are made in this many rounds. */
function callsMade(registry: Registry, hosts: readonly string[], rounds: number): number {
  let made = 0;
  for (let round = 0; round < rounds; round++) for (const key of hosts) made += Number(failing(registry.get(key)));
  return made;
}

describe('living hosts that go down are protected', () => {
  it('in a registry that is full of circuits that opened a month ago and were not asked for since', () => {
    const { registry, clock } = registryOf(1_000);
    die(registry, keys('dead', 1_000));
    clock.advance(MONTH);
    expect(callsMade(registry, keys('host', 20), 200)).toBe(20 * 3);
  });

  it('in a registry that is full of circuits that went half-open a month ago', () => {
    const { registry, clock } = registryOf(1_000);
    for (const key of keys('dead', 1_000)) registry.get(key).halfOpen();
    clock.advance(MONTH);
    expect(callsMade(registry, keys('host', 20), 200)).toBe(20 * 3);
  });

  it('in a registry that is full of closed circuits in use a month ago', () => {
    const { registry, clock } = registryOf(1_000);
    for (let times = 0; times < 3; times++) for (const key of keys('old', 1_000)) registry.get(key);
    clock.advance(MONTH);
    // Each is asked for again before the share of new keys is gone through.
    expect(callsMade(registry, keys('host', 20), 200)).toBeLessThanOrEqual(20 * 4);
  });

  it('in a registry that is full of circuits that have opened just now', () => {
    const { registry } = registryOf(1_000);
    die(registry, keys('dead', 1_000));
    expect(callsMade(registry, keys('host', 20), 200)).toBeLessThanOrEqual(20 * 4);
  });

  it('in a registry that is full of circuits opened just now, in use and then left', () => {
    const { registry } = registryOf(1_000);
    for (let call = 0; call < 9; call++) for (const key of keys('dead', 1_000)) failing(registry.get(key));
    for (let call = 0; call < 200; call++) for (const key of keys('other', 5)) registry.get(key);
    expect(callsMade(registry, keys('host', 20), 200)).toBeLessThanOrEqual(20 * 4);
  });
});

describe('a flood of ten thousand new keys', () => {
  const fresh = keys('fresh', 10_000);
  const floods: [flood: string, bring: (registry: Registry, key: string) => void][] = [
    ['each once', (registry, key) => registry.get(key)],
    ['each many times in a row', (registry, key) => keys(key, 20).map(() => registry.get(key))],
    ['each until it opens', (registry, key) => die(registry, [key])],
    ['each by hand', (registry, key) => registry.get(key).trip(1e9)],
  ];

  it.each(floods)('%s, evicts no open circuit in use', (_flood, bring) => {
    const { registry } = registryOf(50);
    die(registry, ['victim']);
    const victim = registry.peek('victim');
    for (const [index, key] of fresh.entries()) {
      bring(registry, key);
      if (index % 40 === 0) expect(registry.get('victim')).toBe(victim);
    }
    expect(registry.peek('victim')?.state).toBe('open');
  });

  it.each(floods)('%s, evicts no closed circuit in use, whose evidence opens it in the end', (_flood, bring) => {
    const { registry } = registryOf(50);
    const victims = keys('victim', 9);
    for (const key of [...victims, ...victims]) registry.get(key);
    const first = victims.map((key) => registry.peek(key));
    for (const [index, key] of fresh.entries()) {
      bring(registry, key);
      if (index % 30 === 0) for (const victim of victims) registry.get(victim);
      if (index % 4_000 === 0) for (const victim of victims) failing(registry.get(victim));
    }
    expect(victims.map((key) => registry.peek(key))).toEqual(first);
    expect(first.every((victim) => victim?.state === 'open')).toBe(true);
  });

  it.each(floods.slice(0, 2))('%s, evicts no open circuit, in use or not', (_flood, bring) => {
    const { registry } = registryOf(50);
    die(registry, keys('open', 39));
    for (const key of fresh) bring(registry, key);
    expect([...registry].filter(({ name }) => name.startsWith('open'))).toHaveLength(39);
  });

  it.each(floods)('%s, evicts no circuit whose mode an operator has changed', (_flood, bring) => {
    const { registry } = registryOf(50);
    for (const mode of ['isolated', 'disabled', 'shadow'] as const) registry.get(mode).setMode(mode);
    for (const key of fresh) bring(registry, key);
    for (const mode of ['isolated', 'disabled', 'shadow']) expect(registry.peek(mode)?.mode).toBe(mode);
  });
});

describe('a circuit in trouble', () => {
  it('stays for as long again as it was open, and goes first after that', () => {
    const { registry, clock } = registryOf(3);
    die(registry, ['down']);
    for (const key of ['a', 'b', 'a']) registry.get(key);
    clock.advance(119_999);
    registry.get('new');
    expect(registry.peek('down')).toBeDefined();
    clock.advance(1);
    registry.get('newer');
    expect(registry.peek('down')).toBeUndefined();
    expect([...registry].map(({ name }) => name)).toEqual(['new', 'newer', 'a']);
  });

  it('that was asked for after its open period stays for as long again', () => {
    const { registry, clock } = registryOf(3);
    die(registry, ['down', 'forgotten']);
    registry.get('a');
    clock.advance(MONTH);
    registry.get('down');
    registry.get('new');
    expect([...registry].map(({ name }) => name)).toEqual(['a', 'new', 'down']);
    clock.advance(60_000);
    registry.get('newer');
    expect(registry.peek('down')).toBeUndefined();
  });

  it('that probes stays for as long as its probe may take', () => {
    const { registry, clock } = registryOf(2);
    die(registry, ['down']);
    clock.advance(60_000);
    registry.get('down').tryAcquire();
    clock.advance(29_999);
    for (const key of keys('new', 9)) registry.get(key);
    expect(registry.peek('down')?.state).toBe('half-open');
  });

  it('that was moved by hand is judged by its new open period', () => {
    const { registry, clock } = registryOf(2);
    registry.get('down').trip(1_000);
    registry.get('down').halfOpen();
    registry.get('down').trip(2 * MONTH);
    clock.advance(MONTH);
    for (const key of keys('new', 9)) registry.get(key);
    expect(registry.peek('down')?.state).toBe('open');
  });

  it('whose clock returns no number is kept, and blocks nothing', () => {
    const clock = { now: () => Number.NaN };
    const registry = createRegistry({ options: (name) => ({ name, ...(name === 'odd' && { clock }) }), max: 2 });
    registry.get('odd').trip();
    for (const key of keys('new', 9)) registry.get(key);
    expect(registry.size).toBe(2);
  });
});
