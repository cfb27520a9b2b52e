import type { Instant } from '@switchgear/core';
import type { State } from '@switchgear/fetch';
import { area, curveStepAfter, line, stack } from 'd3-shape';
import { html, svg, type TemplateResult } from 'lit-html';
import { icon } from '../../panel/icon.ts';
import { type History, type Move, type Second, SPAN } from '../simulation/history.ts';

const HEIGHT = 100;
const LAYERS = ['answered', 'failed', 'refused'] as const;

/** Where something is in the chart, from 0 to 1. */
type Place = (at: Instant) => number;

/** The last minute: what became of the calls, second by second, and the state of the circuit under it. */
export function stripChart(history: History, state: State, now: Instant, most: number): TemplateResult {
  const seconds = history.seconds(now);
  const moves = history.moves(now);
  const marked = moves.filter(isTelling);
  const begin = (Math.floor(now / 1_000) - SPAN) * 1_000;
  const place: Place = (at) => Math.min(1, Math.max(0, (at - begin) / (SPAN * 1_000)));
  return html`
    <div class="strip">
      <svg viewBox="0 0 ${SPAN} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${inWords(seconds, moves)}>
        ${layers(seconds, most)} ${marked.map((move) => mark(move, place))}
      </svg>
      <div class="marks" aria-hidden="true">${marked.map((move) => sign(move, place))}</div>
      <div class="states" aria-hidden="true">${spans(moves, state, place)}</div>
    </div>
  `;
}

function layers(seconds: readonly Second[], most: number): TemplateResult[] {
  const height = (calls: number) => HEIGHT - (calls / most) * HEIGHT;
  // Each step goes on for a second, the last one too.
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

/** Whether a move is worth a mark: it begins or ends an outage, or led to more than a moment. The strip below has them all. */
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

/** How long the circuit was in which state. */
function spans(moves: readonly Move[], state: State, place: Place): TemplateResult[] {
  const states = [moves[0]?.from ?? state, ...moves.map(({ to }) => to)];
  const edges = [0, ...moves.map(({ at }) => place(at)), 1];
  return states.map((each, index) => {
    const [from = 0, to = 1] = edges.slice(index);
    return html`<i data-state=${each} style="left: ${from * 100}%; width: ${(to - from) * 100}%"></i>`;
  });
}

function inWords(seconds: readonly Second[], moves: readonly Move[]): string {
  const sum = (what: keyof Second) => seconds.reduce((total, second) => total + second[what], 0);
  return `The last minute: ${sum('offered')} calls offered, ${sum('answered')} answered, ${sum('failed')} failed, ${sum('refused')} refused. The circuit moved ${moves.length} times.`;
}
