import type { Breaker, State } from '@switchgear/fetch';
import { html, type TemplateResult } from 'lit-html';
import { type EventLog, type Move, why } from '../circuit/logbook.ts';
import { STAGES } from '../circuit/tile-breaker.ts';
import { percent } from '../parts/format.ts';
import { icon, STATE_NAMES } from '../parts/state.ts';

/** The state of the circuit, until when, and why. */
export function circuitCard(breaker: Breaker, { moves }: EventLog): TemplateResult {
  const { state } = breaker;
  const last = moves[0];
  return html`
    <section class="card circuit" data-state=${state} aria-labelledby="circuit-title">
      <h2 id="circuit-title">Circuit</h2>
      <p class="state">${icon(state, shareLeft(breaker, last?.because))} <strong>${STATE_NAMES[state]}</strong></p>
      <p class="next">${next(breaker)}</p>
      ${stages(breaker)}
      <p class="why">${last?.to === state ? why(last.because) : because(state)}</p>
    </section>
    <p class="unseen" role="status">
      ${last ? `The circuit is ${STATE_NAMES[last.to].toLowerCase()}. ${why(last.because)}` : ''}
    </p>
  `;
}

function next(breaker: Breaker): TemplateResult {
  switch (breaker.state) {
    case 'closed':
      return html`All tiles are requested.`;
    case 'open':
      return html`No tiles are requested. Next attempt in <b>${Math.ceil(breaker.retryAfter / 1_000)} s</b>.`;
    case 'half-open':
      return html`<b>${percent(breaker.metrics().share ?? 0)}</b> of the tiles are requested.`;
  }
}

/** The share of the traffic that goes through: all, none, or the current stage of recovery. */
function stages(breaker: Breaker): TemplateResult {
  const { state, share = state === 'closed' ? 1 : 0 } = breaker.metrics();
  return html`
    <ol class="stages" aria-label="Stages of recovery">
      ${STAGES.map((each) => {
        const isNow = state === 'half-open' && each === share;
        return html`<li aria-current=${isNow ? 'step' : 'false'} ?data-reached=${each <= share}>${percent(each)}</li>`;
      })}
    </ol>
  `;
}

/** The reason of a state without a move: the initial one, or half-open before the first request. */
function because(state: State): string {
  return state === 'closed'
    ? 'No problems since this page was opened.'
    : 'The open period has elapsed: the next request checks whether the server has recovered.';
}

function shareLeft({ state, retryAfter }: Breaker, opening?: { readonly at: number; readonly nextAttemptAt?: number }) {
  if (state !== 'open' || opening?.nextAttemptAt === undefined) return 1;
  return retryAfter / (opening.nextAttemptAt - opening.at);
}

/** The latest moves of the circuit and their reasons. */
export function historyCard({ moves }: EventLog): TemplateResult {
  return html`
    <section class="card history" aria-labelledby="history-title">
      <h2 id="history-title">Events</h2>
      ${moves.length > 0 ? html`<ol>${moves.map(line)}</ol>` : html`<p>No events yet. Break the tile server to see some.</p>`}
    </section>
  `;
}

function line({ to, because, at }: Move): TemplateResult {
  return html`
    <li data-state=${to}>
      ${icon(to)}
      <p><strong>${STATE_NAMES[to]}</strong> <time>${at.toLocaleTimeString('en-GB')}</time><br />${why(because)}</p>
    </li>
  `;
}
