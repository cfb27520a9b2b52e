import type { Millis } from '@switchgear/core';
import type { Peer, Told } from '../circuit/peer.ts';
import type { Report } from '../report/report.ts';
import { joined, NONE, type Sums } from '../report/sums.ts';

/** An instance is gone when nothing came from it for this long, while this one was running. */
export const GONE: Millis = 10_000;
/** Lives that are counted, and those that are listened to. */
const MOST_LIVES = 4_096;
const MOST_HEARD = 256;
/** Reports that may come earlier than half of what their sender announced, because a network had held others back. */
const SPARE = 8;

/** What is new in a report: each circuit with the sums that were known of it before, and when its sender last told of it. */
export interface News {
  readonly peer: Peer;
  readonly told: readonly (readonly [Told, before: Sums | undefined, beforeAt: Millis])[];
}

interface Life extends Peer {
  circuits: Map<string, Told>;
  readonly known: Map<string, Sums>;
  seq: number;
  heardAt: Millis;
  spare: number;
}

/** The other instances of a group. */
export class Peers implements Iterable<Peer> {
  readonly #lives = new Map<string, Life>();

  get size(): number {
    return this.#lives.size;
  }

  [Symbol.iterator](): Iterator<Peer> {
    return this.#lives.values();
  }

  /**
   * Takes a report.
   *
   * @param has whether there is a circuit of that name here; nothing is kept of others
   * @param at when it was sent
   * @param ran how long this instance has been running, which stands still while its event loop does
   * @returns undefined if there is nothing new in it, or it is one too many
   */
  hear(report: Report, has: (name: string) => boolean, at: Millis, ran: Millis): News | undefined {
    const life = this.#lifeOf(report.life);
    if (!life) return undefined;
    const isEarly = !isInTime(life, report.every, ran);
    life.heardAt = ran;
    // An older report tells nothing that a newer one has not.
    if (isEarly || report.seq <= life.seq) return undefined;
    life.seq = report.seq;
    if (this.#lives.size > MOST_HEARD && life.known.size === 0) return undefined;
    const circuits = report.circuits.filter(({ name }) => has(name)).map((circuit): Told => ({ ...circuit, at }));
    const told = circuits.map((circuit) => {
      const { name } = circuit;
      return [circuit, life.known.get(name), life.circuits.get(name)?.at ?? -Infinity] as const;
    });
    life.circuits = new Map(circuits.map((circuit) => [circuit.name, circuit]));
    for (const [{ name, sums }, before = NONE] of told) life.known.set(name, joined(before, sums));
    return { peer: life, told };
  }

  /** Forgets a life, or those that are gone by this running time. Returns them. */
  forget(gone: string | Millis): string[] {
    const isGone = ({ life, heardAt }: Life) => (typeof gone === 'string' ? life === gone : gone - heardAt > GONE);
    const lives = [...this.#lives.values()].filter(isGone).map(({ life }) => life);
    return lives.filter((life) => this.#lives.delete(life));
  }

  #lifeOf(life: string): Life | undefined {
    const known = this.#lives.get(life);
    if (known || this.#lives.size >= MOST_LIVES) return known;
    const fresh = { life, circuits: new Map(), known: new Map(), seq: -1, heardAt: -Infinity, spare: SPARE };
    this.#lives.set(life, fresh);
    return fresh;
  }
}

/** Whether a report comes no more often than twice as often as its sender says. */
function isInTime(life: Life, every: Millis, ran: Millis): boolean {
  const earned = (2 * (ran - life.heardAt)) / every;
  life.spare = Math.min(SPARE, life.spare + earned - 1);
  if (life.spare >= 0) return true;
  life.spare += 1;
  return false;
}
