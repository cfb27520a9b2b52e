import { render } from 'lit-html';
import { Playground } from './playground.ts';
import { Announcer } from './view/announcer.ts';
import { playgroundView } from './view/playground-view.ts';

/** Puts the playground into the page. It runs while it is to be seen, and not by itself for those who want no motion. */
export function startPlayground(element: HTMLElement): void {
  const playground = new Playground(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const announcer = new Announcer();
  let isSeen = true;

  function show(): void {
    announcer.look(playground.simulation.lanes, performance.now());
    render(playgroundView(playground, announcer.words), element);
  }
  function beat(): void {
    playground.pass(performance.now());
    if (playground.isRunning) show();
  }

  show();
  new IntersectionObserver(([entry]) => {
    isSeen = entry?.isIntersecting ?? true;
  }).observe(element);
  setInterval(() => document.hidden || !isSeen || beat(), 100);
  // What somebody has just done is to be seen at once. Handlers inside have done it by the time an event gets here.
  for (const type of ['click', 'input', 'change', 'submit']) element.addEventListener(type, show);
}
