import type { Breaker, State } from '@switchgear/fetch';
import { html, type TemplateResult } from 'lit-html';
import type { Logbook } from '../circuit/logbook.ts';
import { STAGES } from '../circuit/tile-breaker.ts';
import { why } from '../circuit/why.ts';
import { icon } from './icon.ts';

/** A state as it is called on the page. */
export const STATE_NAMES: Readonly<Record<State, string>> = {
  closed: 'Closed',
  'half-open': 'Half-open',
  open: 'Open',
};

/** Where the circuit stands, until when, and why. */
export function circuitCard(breaker: Breaker, { moves }: Logbook): TemplateResult {
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
      return html`Every tile is asked for.`;
    case 'open':
      return html`No tile is asked for. Next attempt in <b>${Math.ceil(breaker.retryAfter / 1_000)} s</b>.`;
    case 'half-open':
      return html`<b>${percent(breaker.metrics().share ?? 0)}</b> of the tiles are asked for.`;
  }
}

/** How much of the traffic goes through: all of it, none, or as much as the way back has come to. */
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

function percent(share: number): string {
  return `${share * 100} %`;
}

/** A state that no move has brought about: the first one, and the end of a wait that nobody has asked about yet. */
function because(state: State): string {
  return state === 'closed'
    ? 'Nothing has gone wrong since this page was opened.'
    : 'The wait is over: the next request finds out whether the server is back.';
}

function shareLeft({ state, retryAfter }: Breaker, opening?: { readonly at: number; readonly nextAttemptAt?: number }) {
  if (state !== 'open' || opening?.nextAttemptAt === undefined) return 1;
  return retryAfter / (opening.nextAttemptAt - opening.at);
}
