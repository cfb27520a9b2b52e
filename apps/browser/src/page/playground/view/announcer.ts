import type { Millis } from '@switchgear/core';
import { STATE_NAMES } from '../../panel/circuit-card.ts';
import type { Lane } from '../simulation/lane.ts';

/** Milliseconds of silence between two announcements: at ten times the speed circuits move faster than anybody speaks. */
const PAUSE: Millis = 5_000;

/** Says where the circuits stand, for those who do not see it: when one has moved, and not too often. */
export class Announcer {
  words = '';
  #saidAt: Millis = -PAUSE;

  look(lanes: readonly Lane[], now: Millis): void {
    const words = lanes
      .map(({ policy, breaker }) => `${policy.name}: ${STATE_NAMES[breaker.state].toLowerCase()}.`)
      .join(' ');
    if (words === this.words || now < this.#saidAt + PAUSE) return;
    this.words = words;
    this.#saidAt = now;
  }
}
