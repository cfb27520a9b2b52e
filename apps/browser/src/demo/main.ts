/** `demo:browser`: serves the map and a tile server to break, until Ctrl-C. `--no-open` leaves the browser alone; `--tiles URL` gets the tiles through a proxy. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startDemo } from './start-demo.ts';

const { values } = parseArgs({
  options: { 'no-open': { type: 'boolean' }, port: { type: 'string', default: '5180' }, tiles: { type: 'string' } },
});
const stop = new AbortController();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const stopped = Promise.race(signals.map((signal) => once(process, signal, { signal: stop.signal })));

await using demo = await startDemo(Number(values.port), values.tiles);
console.log(`Map:         ${demo.pageUrl}`);
console.log(`Tile server: ${demo.tileServer.url}, operator API ${demo.tileServer.operatorUrl}`);
console.log(`Playground:  ${demo.pageUrl}#playground`);
console.log('Break the tile server on the page: the map keeps its last good tiles. Or with:');
console.log(`  curl -X PUT ${demo.tileServer.operatorUrl}/mode/fail     (work, slow, hang)`);
console.log('Press Ctrl-C to stop everything.');
if (!values['no-open'] && hasScreen()) demo.openBrowser();
await stopped;
stop.abort();

/** Whether a user with a screen started this. */
function hasScreen(): boolean {
  if (!process.stdout.isTTY || process.env['CI']) return false;
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}
