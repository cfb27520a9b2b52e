import { fixed, restore, snapshot } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { down, fine, scene } from './scene.ts';

describe('a restored state', () => {
  it('is open until the same moment as the saved one', async () => {
    const { breaker, clock } = scene({ openFor: fixed(1_000) });
    clock.advance(5_000); // made long before it opens
    await down(breaker);
    clock.advance(400);
    const saved = JSON.parse(JSON.stringify(snapshot(breaker)));
    const { breaker: restored, clock: there } = scene({ openFor: fixed(1_000) });
    there.setWall(clock.wall());
    restore(restored, saved);
    expect(restored.state).toBe('open');
    there.advance(599);
    expect(restored.state).toBe('open');
    there.advance(1);
    expect(restored.state).toBe('half-open');
  });

  it('of isolation ends when an operator ends it', async () => {
    const { breaker } = scene();
    breaker.setMode('isolated');
    const { breaker: restored } = scene();
    restore(restored, JSON.parse(JSON.stringify(snapshot(breaker))));
    expect(restored.mode).toBe('isolated');
    restored.setMode('active');
    expect(await restored.run(fine)).toBe('fine');
  });
});
