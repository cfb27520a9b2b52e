import { setTimeout as passing } from 'node:timers/promises';
import type { ClientMaker } from './clients.ts';
import { type Trouble, troubledServers } from './servers.ts';

/** What is wrong with five servers. */
export interface EndpointScene {
  readonly name: string;
  readonly troubles: readonly Trouble[];
}

/** Grey, black-holed and ten times slower, each alone and together; and what all have in common. */
export const endpointScenes: readonly EndpointScene[] = [
  { name: 'one grey, 15 %', troubles: ['grey'] },
  { name: 'one black-holed', troubles: ['black hole'] },
  { name: 'one ten times slower', troubles: ['slow'] },
  { name: 'all three', troubles: ['grey', 'black hole', 'slow'] },
  { name: 'all fail 40 %', troubles: ['failing', 'failing', 'failing', 'failing', 'failing'] },
];

/** Requests a second. */
const RATE = 100;
/** Milliseconds before the trouble, of the trouble, and of it before requests count. */
const CALM = 4_000;
const TROUBLE = 8_000;
const GRACE = 1_000;

/** What became of the requests from the second second of the trouble on. */
export interface EndpointFigures {
  readonly requests: number;
  readonly answered: number;

  /** The most endpoints that were ejected at once. */
  readonly ejected: number;
}

/** Plays a scene with a client against real servers. */
export async function playEndpoints(scene: EndpointScene, maker: ClientMaker): Promise<EndpointFigures> {
  const servers = await troubledServers(5, Math.random);
  const client = await maker.start(servers);
  const open: Promise<void>[] = [];
  const figures = { requests: 0, answered: 0, ejected: 0 };
  const begin = performance.now();
  let isTroubled = false;
  for (let next = 0; next < CALM + TROUBLE; next += 1_000 / RATE) {
    const wait = begin + next - performance.now();
    if (wait > 0) await passing(wait);
    if (next >= CALM && !isTroubled) {
      isTroubled = true;
      for (const [index, trouble] of scene.troubles.entries()) Object.assign(servers[index] ?? {}, { trouble });
    }
    const counts = next >= CALM + GRACE;
    const ejected = client.balancer?.rows().filter(({ state }) => state === 'open').length ?? 0;
    figures.ejected = Math.max(figures.ejected, ejected);
    const request = client.request().then((isAnswered) => {
      if (!counts) return;
      figures.requests++;
      if (isAnswered) figures.answered++;
    });
    open.push(request);
  }
  await Promise.all(open);
  await client.close?.();
  await Promise.all(servers.map((server) => server.close()));
  return figures;
}
