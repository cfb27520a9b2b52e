import type { Instant } from '@switchgear/core';
import { explain } from '@switchgear/fetch';
import { html, nothing, type TemplateResult } from 'lit-html';
import { percent, seconds } from '../../parts/format.ts';
import { meter } from '../../parts/meter.ts';
import { icon, STATE_NAMES } from '../../parts/state.ts';
import type { Move } from '../simulation/history.ts';
import type { Lane, Totals } from '../simulation/lane.ts';
import { stripChart, windowChart } from './charts.ts';
import { slider } from './slider.ts';
import { timeOf } from './time-card.ts';

/** How many moves are shown without expanding. */
const MOST_MOVES = 4;

const TOTALS: readonly (keyof Totals)[] = ['offered', 'answered', 'failed', 'refused'];

/** One breaker: its state, last minute, window, moves and settings. */
export function laneCard(lane: Lane, id: string, now: Instant, most: number): TemplateResult {
  const { policy, breaker, history, totals, underWay } = lane;
  const { state } = breaker;
  return html`
    <section class="card lane" data-state=${state} aria-labelledby="${id}-title">
      <header>
        <h3 id="${id}-title">${policy.name}</h3>
        <p class="lane-state">${icon(state)} <b>${STATE_NAMES[state]}</b> ${detail(lane)}</p>
        <p class="about">${policy.about}</p>
      </header>
      ${stripChart(history, state, now, most)}
      <div class="judging">${judging(lane, now)}</div>
      <dl>
        ${TOTALS.map((name) => figure(name, totals[name]))} ${figure('in flight', underWay)}
      </dl>
      ${moves(lane, now)}
      <div class="knobs" role="group" aria-label="Settings of ${policy.name}">
        ${Object.entries(policy.knobs).map(([name, knob]) =>
          slider(`${id}-${name}`, knob, lane.values[name] ?? knob.initial, (value) => lane.turn(name, value)),
        )}
      </div>
    </section>
  `;
}

function figure(name: string, value: number): TemplateResult {
  return html`<div data-figure=${name}><dt>${name}</dt><dd>${value}</dd></div>`;
}

function detail({ breaker }: Lane): string {
  const { state, share, calls } = breaker.metrics();
  if (state === 'open') return `next attempt in ${(breaker.retryAfter / 1_000).toFixed(1)} s`;
  if (state === 'closed') return '';
  return share === undefined ? `probes settled: ${calls}` : `${percent(share)} of the traffic let through`;
}

function judging(lane: Lane, now: Instant): TemplateResult {
  const { policy, gauge, evidence, values } = lane;
  const length = policy.window?.(values);
  const window =
    length === undefined
      ? html`<p class="window-title">No window</p>`
      : html`<p class="window-title">Window of ${seconds(length)}</p>
          ${windowChart(evidence.slices(now))}`;
  return html`
    ${window} ${gauge?.scale ? meter(gauge.scale.value, gauge.scale.limit) : nothing}
    <p>${gauge?.says ?? (length === undefined ? '' : 'Empty until the circuit closes.')}</p>
  `;
}

/** The moves of the last minute: the latest, and how outages began and ended. All of them on demand. */
function moves({ history }: Lane, now: Instant): TemplateResult {
  const all = history.moves(now).reverse();
  const telling = all.filter(({ from, to }, index) => index === 0 || from === 'closed' || to === 'closed');
  return html`
    <div class="moves">
      <ol>${telling.slice(0, MOST_MOVES).map(line)}</ol>
      <details>
        <summary>All state changes of the last minute: ${all.length}</summary>
        <ol>${all.map(line)}</ol>
      </details>
    </div>
  `;
}

function line({ at, to, because }: Move): TemplateResult {
  return html`
    <li data-state=${to}>
      ${icon(to)}
      <p><time>${timeOf(at)}</time> <strong>${STATE_NAMES[to]}</strong> ${explain(because)}</p>
    </li>
  `;
}
