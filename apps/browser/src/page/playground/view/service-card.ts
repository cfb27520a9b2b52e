import { html, type TemplateResult } from 'lit-html';
import { percent, seconds } from '../../parts/format.ts';
import { type Playground, WELL } from '../simulation/playground.ts';
import type { Knob } from '../simulation/policy.ts';
import { type Service, TIME_LIMIT } from '../simulation/service.ts';
import { slider } from './slider.ts';

const KNOBS: Readonly<Record<keyof Service, Omit<Knob, 'initial'>>> = {
  failures: { label: 'Failure rate', least: 0, most: 1, step: 0.01, says: percent },
  latency: { label: 'Latency', least: 10, most: 2_500, step: 10, says: seconds },
  hangs: { label: 'Never answered', least: 0, most: 1, step: 0.01, says: percent },
  traffic: { label: 'Traffic', least: 1, most: 200, step: 1, says: (calls) => `${calls} / s` },
};

/** Presets of common conditions. They do not change the traffic. */
const PRESETS: readonly (readonly [name: string, change: Partial<Service>])[] = [
  ['Healthy', {}],
  ['Down', { failures: 1 }],
  ['Flaky', { failures: 0.25 }],
  ['Slow', { latency: 700 }],
  ['Hung', { hangs: 1 }],
];

/** The settings of the simulated service. */
export function serviceCard(playground: Playground): TemplateResult {
  const { service } = playground.simulation;
  return html`
    <section class="card service" aria-labelledby="service-title">
      <h3 id="service-title">Simulated service</h3>
      ${(Object.keys(KNOBS) as (keyof Service)[]).map((name) =>
        slider(`service-${name}`, KNOBS[name], service[name], (value) => playground.set({ [name]: value })),
      )}
      <div class="troubles" role="group" aria-label="Presets of the service">
        ${PRESETS.map(
          ([name, change]) => html`
            <button type="button" @click=${() => playground.set({ ...WELL, traffic: service.traffic, ...change })}>
              ${name}
            </button>
          `,
        )}
      </div>
      <p>Callers time out after ${seconds(TIME_LIMIT)}. All breakers get the same calls.</p>
    </section>
  `;
}
