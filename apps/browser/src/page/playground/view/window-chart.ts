import { svg, type TemplateResult } from 'lit-html';
import type { Slice } from '../simulation/evidence.ts';

const KINDS = ['fast', 'slow', 'failed'] as const;

/** The content of a window, a bar for each slice, oldest first. */
export function windowChart(slices: readonly Slice[]): TemplateResult {
  const most = Math.max(4, ...slices.map(({ fast, slow, failed }) => fast + slow + failed));
  return svg`
    <svg class="window" viewBox="0 0 ${slices.length} ${most}" preserveAspectRatio="none" role="img"
      aria-label=${inWords(slices)}>
      ${slices.map((slice, index) => bar(slice, index, most))}
    </svg>
  `;
}

function bar(slice: Slice, index: number, most: number): TemplateResult[] {
  let below = 0;
  return KINDS.map((kind) => {
    below += slice[kind];
    return svg`<rect class=${kind} x=${index + 0.08} width="0.84" y=${most - below} height=${slice[kind]} />`;
  });
}

function inWords(slices: readonly Slice[]): string {
  const bad = slices.map(({ fast, slow, failed }) => `${slow + failed} of ${fast + slow + failed}`);
  return `Bad calls in each slice of the window, oldest first: ${bad.join(', ')}`;
}
