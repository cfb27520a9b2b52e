import type { Instant } from '@switchgear/core';
import type { State } from '@switchgear/fetch';
import { area, curveStepAfter, line, stack } from 'd3-shape';
import { html, svg, type TemplateResult } from 'lit-html';
import { icon } from '../../parts/state.ts';
import type { Slice } from '../simulation/evidence.ts';
import { type History, type Move, type Second, SPAN } from '../simulation/history.ts';

const HEIGHT = 100;
const LAYERS = ['answered', 'failed', 'refused'] as const;

/** The horizontal position of a time in the chart, from 0 to 1. */
type Place = (at: Instant) => number;

/** The last minute: how the calls ended, per second, above the state of the circuit. */
export function stripChart(history: History, state: State, now: Instant, most: number): TemplateResult {
  const seconds = history.seconds(now);
  const moves = history.moves(now);
  const marked = moves.filter(isTelling);
  const begin = (Math.floor(now / 1_000) - SPAN) * 1_000;
  const place: Place = (at) => Math.min(1, Math.max(0, (at - begin) / (SPAN * 1_000)));
  return html`
    <div class="strip">
      <svg viewBox="0 0 ${SPAN} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${describeMinute(seconds, moves)}>
        ${layers(seconds, most)} ${marked.map((move) => mark(move, place))}
      </svg>
      <div class="marks" aria-hidden="true">${marked.map((move) => sign(move, place))}</div>
      <div class="states" aria-hidden="true">${spans(moves, state, place)}</div>
    </div>
  `;
}

function layers(seconds: readonly Second[], most: number): TemplateResult[] {
  const height = (calls: number) => HEIGHT - (calls / most) * HEIGHT;
  // Each step lasts a second, so the last one needs a second point.
  const points = [...seconds, seconds.at(-1) as Second];
  const shape = area<[number, number]>()
    .x((_, index) => index)
    .y0(([from]) => height(from))
    .y1(([, to]) => height(to))
    .curve(curveStepAfter);
  const offered = line<Second>()
    .x((_, index) => index)
    .y((second) => height(second.offered))
    .curve(curveStepAfter);
  const stacked = stack<Second, (typeof LAYERS)[number]>().keys(LAYERS)(points);
  return [
    ...stacked.map((layer) => svg`<path class=${layer.key} d=${shape(layer.map(([from, to]) => [from, to]))} />`),
    svg`<path class="offered" d=${offered(points)} />`,
  ];
}

/** Whether a move is marked: it begins or ends an outage, or the state lasted for more than 2 s. The strip below shows all moves. */
function isTelling({ from, to, at }: Move, index: number, moves: readonly Move[]): boolean {
  const next = moves[index + 1];
  return from === 'closed' || to === 'closed' || next === undefined || next.at > at + 2_000;
}

function mark({ to, at }: Move, place: Place): TemplateResult {
  const x = place(at) * SPAN;
  return svg`<line class="mark" data-state=${to} x1=${x} x2=${x} y1="0" y2=${HEIGHT} />`;
}

function sign({ to, at }: Move, place: Place): TemplateResult {
  return html`<span data-state=${to} style="left: ${place(at) * 100}%">${icon(to)}</span>`;
}

/** The time spent in each state. */
function spans(moves: readonly Move[], state: State, place: Place): TemplateResult[] {
  const states = [moves[0]?.from ?? state, ...moves.map(({ to }) => to)];
  const edges = [0, ...moves.map(({ at }) => place(at)), 1];
  return states.map((each, index) => {
    const [from = 0, to = 1] = edges.slice(index);
    return html`<i data-state=${each} style="left: ${from * 100}%; width: ${(to - from) * 100}%"></i>`;
  });
}

function describeMinute(seconds: readonly Second[], moves: readonly Move[]): string {
  const sum = (what: keyof Second) => seconds.reduce((total, second) => total + second[what], 0);
  return `Last minute: ${sum('offered')} calls offered, ${sum('answered')} answered, ${sum('failed')} failed, ${sum('refused')} refused. The circuit changed state ${moves.length} times.`;
}

const KINDS = ['fast', 'slow', 'failed'] as const;

/** The content of a window: one bar per slice, oldest first. */
export function windowChart(slices: readonly Slice[]): TemplateResult {
  const most = Math.max(4, ...slices.map(({ fast, slow, failed }) => fast + slow + failed));
  return svg`
    <svg class="window" viewBox="0 0 ${slices.length} ${most}" preserveAspectRatio="none" role="img"
      aria-label=${describeWindow(slices)}>
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

function describeWindow(slices: readonly Slice[]): string {
  const bad = slices.map(({ fast, slow, failed }) => `${slow + failed} of ${fast + slow + failed}`);
  return `Failed or slow calls per slice of the window, oldest first: ${bad.join(', ')}`;
}
