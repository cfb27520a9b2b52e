/** The page: a map whose tiles pass a circuit breaker, and beside it what that breaker does. */
import { breakerFetch } from '@switchgear/fetch';
import { render } from 'lit-html';
import { TILE_SERVER } from './addresses.ts';
import { Logbook } from './circuit/logbook.ts';
import { createTileBreaker } from './circuit/tile-breaker.ts';
import { summary } from './map/summary.ts';
import { LivingTiles } from './map/tile-layer.ts';
import { createWeatherMap } from './map/weather-map.ts';
import { STATE_NAMES } from './panel/circuit-card.ts';
import { panel } from './panel/panel.ts';
import { startPlayground } from './playground/start-playground.ts';
import { ServerDesk } from './server-desk.ts';
import { openCopies } from './tiles/last-good-copies.ts';
import { Refresher } from './tiles/refresher.ts';
import { createTileSource } from './tiles/tile-source.ts';

/** Milliseconds between two requests for tiles, so that a map of twenty is renewed every two and a half seconds. */
const BEAT = 125;

/** Tiles whose last good copy is kept: about 4 MB. */
const COPIES = 400;

const breaker = createTileBreaker();
const logbook = new Logbook(breaker);
const desk = new ServerDesk();
const refresher = new Refresher();
const source = createTileSource(breakerFetch({ breaker }), openCopies('tiles', COPIES));
const tiles = new LivingTiles(TILE_SERVER, source, refresher);
createWeatherMap(byId('map'), tiles);

// Nobody looks at a hidden page, so nobody asks for its tiles.
setInterval(() => document.hidden || refresher.beat(), BEAT);
setInterval(() => document.hidden || desk.ask(), 500);
setInterval(show, 100);
void desk.ask();
startPlayground(byId('simulation'));

function show(): void {
  render(panel(breaker, logbook, desk), byId('panel'));
  for (const view of tiles.views) view.tellAge();
  const sights = tiles.views.map(({ sight }) => sight);
  render(summary(sights, Date.now()), byId('summary'));
  document.title = `${STATE_NAMES[breaker.state]} · Weather map`;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}`);
  return element;
}
