import type { Millis } from '@switchgear/core';
import { render } from 'lit-html';
import { STATE_NAMES } from '../parts/state.ts';
import type { Lane } from './simulation/lane.ts';
import { Playground } from './simulation/playground.ts';
import { playgroundView } from './view/playground-view.ts';

/** Milliseconds between two announcements, because at ten times the speed circuits move faster than a screen reader speaks. */
const PAUSE: Millis = 5_000;

/** Announces the states of the circuits to screen readers when one has changed, but not too often. */
export class Announcer {
  text = '';
  #announcedAt: Millis = -PAUSE;

  update(lanes: readonly Lane[], now: Millis): void {
    const text = lanes
      .map(({ policy, breaker }) => `${policy.name}: ${STATE_NAMES[breaker.state].toLowerCase()}.`)
      .join(' ');
    if (text === this.text || now < this.#announcedAt + PAUSE) return;
    this.text = text;
    this.#announcedAt = now;
  }
}

/** Renders the playground into an element. It runs while visible, but does not start by itself with reduced motion. */
export function startPlayground(element: HTMLElement): void {
  const playground = new Playground(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const announcer = new Announcer();
  let isVisible = true;

  function show(): void {
    announcer.update(playground.simulation.lanes, performance.now());
    render(playgroundView(playground, announcer.text), element);
  }
  function tick(): void {
    playground.pass(performance.now());
    if (playground.isRunning) show();
  }

  show();
  new IntersectionObserver(([entry]) => {
    isVisible = entry?.isIntersecting ?? true;
  }).observe(element);
  setInterval(() => document.hidden || !isVisible || tick(), 100);
  // Show the effect of user actions at once. Inner handlers have run by the time an event bubbles up to here.
  for (const type of ['click', 'input', 'change', 'submit']) element.addEventListener(type, show);
}
