import { readFileSync } from 'node:fs';

/** The peers by the name of their folder in `programs/`, each with its package. */
export const packages = {
  alfred: '@git-stunts/alfred',
  bennadel: '@bennadel/circuit-breaker',
  brakes: 'brakes',
  'circuit-breaker-js': 'circuit-breaker-js',
  cockatiel: 'cockatiel',
  disyuntor: 'disyuntor',
  effect: 'effect',
  fastify: '@fastify/circuit-breaker',
  hystrixjs: 'hystrixjs',
  kintsugi: '@daisugi/kintsugi',
  levee: 'levee',
  moleculer: 'moleculer',
  mollitia: 'mollitia',
  opossum: 'opossum',
  sap: '@sap-cloud-sdk/resilience',
  screwdriver: 'screwdriver-node-circuitbreaker',
} as const;

export type Peer = keyof typeof packages;

/** The peers, in the order of their names. */
export const peers = Object.keys(packages) as readonly Peer[];

/** The exact version of a peer that `package.json` asks for. */
export function versionOf(peer: Peer): string {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return dependencies[packages[peer]];
}

/** The peer whose folder a program is in. */
export function peerOf(program: string): Peer {
  const found = peers.find((peer) => program.startsWith(`${peer}/`));
  if (!found) throw new Error(`${program} is in the folder of no peer`);
  return found;
}
