import { html, type TemplateResult } from 'lit-html';
import type { Playground } from '../simulation/playground.ts';
import type { Simulation } from '../simulation/simulation.ts';
import { laneCard } from './lane-card.ts';
import { serviceCard } from './service-card.ts';
import { timeCard } from './time-card.ts';

/** The whole playground. `said` is announced to screen readers. */
export function playgroundView(playground: Playground, said: string): TemplateResult {
  const { simulation } = playground;
  const most = scale(simulation);
  return html`
    <div class="controls">${serviceCard(playground)} ${timeCard(playground)}</div>
    <div class="lanes">
      ${legend(most)} ${simulation.lanes.map((lane, index) => laneCard(lane, `lane-${index}`, simulation.now, most))}
    </div>
    <p class="unseen" role="status">${said}</p>
  `;
}

/** The common top of all charts, a round number, so that they can be compared. */
function scale({ lanes, now }: Simulation): number {
  const seconds = lanes.flatMap(({ history }) => history.seconds(now));
  const most = Math.max(
    10,
    ...seconds.map(({ offered, refused, answered, failed }) => Math.max(offered, refused + answered + failed)),
  );
  const step = 10 ** Math.floor(Math.log10(most));
  return Math.ceil(most / step) * step;
}

function legend(most: number): TemplateResult {
  return html`
    <ul class="legend">
      <li data-what="answered">answered</li>
      <li data-what="slow">answered slowly</li>
      <li data-what="failed">failed</li>
      <li data-what="refused">refused</li>
      <li data-what="offered">offered</li>
      <li class="scale">Last minute, up to ${most} calls / s</li>
    </ul>
  `;
}
