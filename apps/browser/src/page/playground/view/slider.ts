import { html, type TemplateResult } from 'lit-html';
import type { Knob } from '../simulation/policy.ts';

/** A knob with its label and its value: by hand, or by the arrow keys. `id` is its own on the page. */
export function slider(
  id: string,
  { label, least, most, step, says }: Omit<Knob, 'initial'>,
  value: number,
  turn: (value: number) => void,
): TemplateResult {
  return html`
    <div class="slider">
      <label for=${id}>${label}</label>
      <span class="slider-value" aria-hidden="true">${says(value)}</span>
      <input
        type="range"
        id=${id}
        min=${least}
        max=${most}
        step=${step}
        .value=${String(value)}
        aria-valuetext=${says(value)}
        @input=${(event: Event) => turn((event.target as HTMLInputElement).valueAsNumber)}
      />
    </div>
  `;
}
