import { describe, expect, it } from 'vitest';
import { drawTile } from '../src/tile-server/landscape/draw-tile.ts';
import { createSurface, levelPaths } from '../src/tile-server/landscape/surface.ts';

describe('the landscape', () => {
  const noon = new Date('2026-01-01T12:00:00');

  it('looks the same at the same moment, and has other clouds later', () => {
    const address = { z: 4, x: 0, y: -1 };
    expect(drawTile(address, noon)).toBe(drawTile(address, noon));
    const later = drawTile(address, new Date(noon.getTime() + 60_000));
    const [ground, clouds] = [0, 1].map((layer) => layers(drawTile(address, noon))[layer]);
    expect(layers(later)[0]).toBe(ground);
    expect(layers(later)[1]).not.toBe(clouds);
  });

  it('tiles side by side meet: a coast leaves one where it enters the other', () => {
    const land = createSurface(11);
    const shore = (x: number) => levelPaths((px, py) => land(x * 2 + px / 128, py / 128, 4), [0])[0] ?? '';
    const leaves = crossings(shore(0), 256);
    expect(leaves.length).toBeGreaterThan(0);
    expect(crossings(shore(1), 0)).toEqual(leaves);
  });

  function layers(svg: string): string[] {
    return svg.split('<g ').slice(1);
  }

  /** Where a path has points on this vertical line. */
  function crossings(path: string, at: number): number[] {
    const points = path
      .split(/[MLZ]/)
      .filter(Boolean)
      .map((point) => point.split(' ').map(Number));
    return points.flatMap(([x, y = 0]) => (x === at && y > 0 && y < 256 ? y : [])).sort((a, b) => a - b);
  }
});
