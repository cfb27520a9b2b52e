/** The page: a map whose tile requests pass through a circuit breaker, and the panel that shows the breaker. */
import { breakerFetch } from '@switchgear/fetch';
import { render } from 'lit-html';
import { EventLog } from './circuit/logbook.ts';
import { createTileBreaker } from './circuit/tile-breaker.ts';
import { RefreshingTiles } from './map/tile-layer.ts';
import { createWeatherMap, summary } from './map/weather-map.ts';
import { panel } from './panel/panel.ts';
import { STATE_NAMES } from './parts/state.ts';
import { startPlayground } from './playground/start-playground.ts';
import { ServerControl, TILE_SERVER } from './server/server-control.ts';
import { openCopies } from './tiles/last-good-copies.ts';
import { Refresher } from './tiles/refresher.ts';
import { createTileSource } from './tiles/tile-source.ts';

/** Milliseconds between two tile requests: a map of 20 tiles is refreshed every 2.5 s. */
const REFRESH_MS = 125;

/** How many last good copies of tiles are kept: about 4 MB. */
const COPIES = 400;

const breaker = createTileBreaker();
const eventLog = new EventLog(breaker);
const server = new ServerControl();
const refresher = new Refresher();
const source = createTileSource(breakerFetch({ breaker }), openCopies('tiles', COPIES));
const tiles = new RefreshingTiles(TILE_SERVER, source, refresher);
createWeatherMap(byId('map'), tiles);

// A hidden page sends no requests.
setInterval(() => document.hidden || refresher.refreshNext(), REFRESH_MS);
setInterval(() => document.hidden || server.refresh(), 500);
setInterval(show, 100);
void server.refresh();
startPlayground(byId('simulation'));

function show(): void {
  render(panel(breaker, eventLog, server), byId('panel'));
  for (const view of tiles.views) view.showAge();
  const sights = tiles.views.map(({ sight }) => sight);
  render(summary(sights, Date.now()), byId('summary'));
  document.title = `${STATE_NAMES[breaker.state]} · Weather map`;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element #${id}`);
  return element;
}
