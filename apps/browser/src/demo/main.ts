/** `demo:browser`: serves the map and a tile server to break, until Ctrl-C. `--no-open` leaves the browser alone. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startDemo } from './start-demo.ts';

const { values } = parseArgs({
  options: { 'no-open': { type: 'boolean' }, port: { type: 'string', default: '5180' } },
});
const stop = new AbortController();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const stopped = Promise.race(signals.map((signal) => once(process, signal, { signal: stop.signal })));

await using demo = await startDemo(Number(values.port));
console.log(`The map:         ${demo.pageUrl}`);
console.log(`The tile server: ${demo.tileServer.url}, its operator ${demo.tileServer.operatorUrl}`);
console.log(`The playground:  ${demo.pageUrl}#playground`);
console.log('Break the tile server on the page, or with');
console.log(`  curl -X PUT ${demo.tileServer.operatorUrl}/mode/fail     (work, slow, hang)`);
console.log('Ctrl-C ends everything.');
if (!values['no-open'] && hasScreen()) demo.openBrowser();
await stopped;
stop.abort();

/** Whether somebody sits here who could see a browser. */
function hasScreen(): boolean {
  if (!process.stdout.isTTY || process.env['CI']) return false;
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}
