import type { Millis } from '@switchgear/core';
import { html, type TemplateResult } from 'lit-html';
import type { Playground } from '../simulation/playground.ts';

const SPEEDS = [1, 10];

/** Formats a time since the simulation began: `1:05`. */
export function timeOf(at: Millis): string {
  const whole = Math.floor(at / 1_000);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The controls of the simulated time. */
export function timeCard(playground: Playground): TemplateResult {
  const { isRunning, speed, seed, simulation } = playground;
  return html`
    <section class="card time" aria-labelledby="time-title">
      <h3 id="time-title">Time</h3>
      <p class="clock"><b>${timeOf(simulation.now)}</b></p>
      <div class="buttons">
        <button
          type="button"
          class="main"
          @click=${() => {
            playground.isRunning = !isRunning;
          }}
        >
          ${isRunning ? 'Pause' : 'Run'}
        </button>
        <button type="button" @click=${() => playground.step(1_000)}>Step 1 s</button>
        <button type="button" @click=${() => playground.step(10_000)}>Step 10 s</button>
      </div>
      <fieldset class="speeds">
        <legend>Speed</legend>
        ${SPEEDS.map(
          (each) => html`
            <label>
              <input
                type="radio"
                name="speed"
                .checked=${each === speed}
                @change=${() => {
                  playground.speed = each;
                }}
              />
              ${each} ×
            </label>
          `,
        )}
      </fieldset>
      <form
        @submit=${(event: SubmitEvent) => {
          event.preventDefault();
          const wanted = new FormData(event.target as HTMLFormElement).get('seed');
          playground.restart(Number(wanted));
        }}
      >
        <label for="seed">Seed</label>
        <input id="seed" name="seed" type="number" min="0" max="999999" step="1" required value=${seed} />
        <button type="submit">Restart</button>
      </form>
      <p>The same seed with the same settings gives the same history.</p>
    </section>
  `;
}
