import type { State } from '@switchgear/fetch';
import { svg, type TemplateResult } from 'lit-html';

/** A state as it is called on the page. */
export const STATE_NAMES: Readonly<Record<State, string>> = {
  closed: 'Closed',
  'half-open': 'Half-open',
  open: 'Open',
};

/** Length of the ring's line. */
const AROUND = 2 * Math.PI * 9;

/**
 * The sign of a state: ● closed, ⚠ half-open, ○ open. Drawn, for not every machine has these letters. The ring shrinks to
 * nothing while the wait runs out.
 *
 * @param left share of the wait that is left
 */
export function icon(state: State, left = 1): TemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shape(state, left)}</svg>`;
}

function shape(state: State, left: number): TemplateResult {
  switch (state) {
    case 'closed':
      return svg`<circle cx="12" cy="12" r="9" fill="currentColor" />`;
    case 'half-open':
      return svg`<path d="M12 3 22.4 21H1.6Z" fill="currentColor" stroke="currentColor" stroke-width="2"
        stroke-linejoin="round" /><path class="cut-out" d="M12 10v5M12 18.2v.1" stroke-width="2.2" stroke-linecap="round" />`;
    case 'open':
      return svg`<circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="4" opacity=".25" />
        <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="4" transform="rotate(-90 12 12)"
        stroke-dasharray=${AROUND} stroke-dashoffset=${AROUND * (1 - left)} />`;
  }
}
