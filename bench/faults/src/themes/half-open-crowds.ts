import type { Theme } from './fault.ts';

export const halfOpenCrowds: Theme = {
  id: 'half-open-crowds',
  title: 'Crowds at a half-open circuit',
  scene: 'The open time has elapsed, and ten callers arrive at once. The service may still be down.',
  correct:
    'One call, or the configured number of calls, is the probe. The others are refused at once and told when to retry.',
  faults: [
    {
      program: 'alfred/every-caller-probes',
      fault: 'Every caller is let through until the first outcome.',
      shows: /^10 of 10 calls/,
    },
    {
      program: 'circuit-breaker-js/every-caller-probes',
      fault: 'Every caller is let through until the first outcome.',
      shows: /open, then 10 of 10 calls/,
    },
    {
      program: 'kintsugi/every-caller-probes',
      fault: 'Every caller is let through until the first outcome.',
      shows: /"CircuitSuspended" while open, then 10 of 10 calls/,
    },
    {
      program: 'disyuntor/every-caller-probes',
      fault: 'Once the cooldown has grown to its maximum, every caller is let through until the first outcome.',
      shows: /^10 of 10 calls/,
      documented: 'the README promises one call, which holds until the maximum is reached',
    },
    {
      program: 'brakes/every-caller-returns',
      fault: 'There is no half-open state: all traffic returns to a service that was not probed.',
      shows: /open, then 10 of 10 calls/,
      documented:
        '`circuitDuration` is described as the time that the circuit stays broken; a health check can be added',
    },
    {
      program: 'cockatiel/callers-wait-for-the-probe',
      fault: 'The others are not refused: they wait for the probe, even past their own deadline.',
      shows: /deadline 0 of 9 callers have an answer or a refusal/,
      documented: 'the README says that the signal is checked when the probe has succeeded',
    },
  ],
};
