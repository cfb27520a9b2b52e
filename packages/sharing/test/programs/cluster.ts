import cluster from 'node:cluster';
import { clusterBus, relayReports } from '../../src/node/index.ts';
import { startClient } from './client.ts';

// `node cluster.ts URL COUNT`: as many processes of a cluster, each a client. What they say goes to the standard output.

const [url = '', count = '8'] = process.argv.slice(2);

if (cluster.isPrimary) {
  relayReports();
  for (let client = 0; client < Number(count); client++) cluster.fork({ CLIENT: String(client) });
  // The test ends the primary, and with it all workers.
} else {
  process.on('disconnect', () => process.exit());
  startClient(Number(process.env['CLIENT']), url, clusterBus(), (said) => console.log(JSON.stringify(said)));
}
