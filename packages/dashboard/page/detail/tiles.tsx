import type { JSX } from 'preact';
import { type TilesOf, tilesOf } from './tiles-of.ts';

/** The numbers that matter in the state the breaker is in. */
export function Tiles(props: TilesOf): JSX.Element | null {
  const tiles = tilesOf(props);
  if (tiles.length === 0) return null;
  return (
    <section class="card numbers" aria-label="Now">
      <dl>
        {tiles.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
