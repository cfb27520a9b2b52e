import type { Breaker } from '@switchgear/fetch';
import { html, type TemplateResult } from 'lit-html';
import type { EventLog } from '../circuit/logbook.ts';
import { LIMIT, WINDOW } from '../circuit/tile-breaker.ts';
import { meter } from '../parts/meter.ts';

/** The current window of the circuit, and the totals so far. */
export function figuresCard(
  breaker: Breaker,
  { calls, failures, refused }: EventLog,
  reached?: number,
): TemplateResult {
  return html`
    <section class="card figures" aria-labelledby="figures-title">
      <h2 id="figures-title">Figures</h2>
      ${gauge(breaker)}
      <dl>
        ${figure('calls', 'calls made', calls)}
        ${figure('failures', 'of these failed', failures)}
        ${figure('refused', 'refused', refused)}
        ${figure('reached', 'reached the server', reached ?? '–')}
      </dl>
    </section>
  `;
}

function figure(name: string, label: string, value: number | string): TemplateResult {
  return html`<div data-figure=${name}><dt>${label}</dt><dd>${value}</dd></div>`;
}

/** The larger of the two shares that can open the circuit, next to their limit. */
function gauge(breaker: Breaker): TemplateResult {
  const { state, calls, failures, slow, failureRate, slowCallRate } = breaker.metrics();
  const bad = Math.max(failureRate ?? 0, slowCallRate ?? 0);
  const text =
    state === 'closed'
      ? `Last ${WINDOW / 1_000} s: ${calls} calls, ${failures} failed, ${slow} slow`
      : 'The window is empty until the circuit closes';
  return html`
    <div class="gauge">
      ${meter(bad, LIMIT)}
      <p>${text}.</p>
    </div>
  `;
}
