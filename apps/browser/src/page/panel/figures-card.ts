import type { Breaker } from '@switchgear/fetch';
import { html, type TemplateResult } from 'lit-html';
import type { Logbook } from '../circuit/logbook.ts';
import { LIMIT, WINDOW } from '../circuit/tile-breaker.ts';
import { meter } from './meter.ts';

/** The numbers of the circuit: what it judges by now, and what it has seen so far. */
export function figuresCard(breaker: Breaker, { calls, failures, refused }: Logbook, reached?: number): TemplateResult {
  return html`
    <section class="card figures" aria-labelledby="figures-title">
      <h2 id="figures-title">Figures</h2>
      ${gauge(breaker)}
      <dl>
        ${figure('calls', 'calls made', calls)}
        ${figure('failures', 'of them failed', failures)}
        ${figure('refused', 'refused at once', refused)}
        ${figure('reached', 'counted by the server', reached ?? '–')}
      </dl>
    </section>
  `;
}

function figure(name: string, label: string, value: number | string): TemplateResult {
  return html`<div data-figure=${name}><dt>${label}</dt><dd>${value}</dd></div>`;
}

/** How bad it looks: the larger of both shares that can open the circuit, beside their limit. */
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
