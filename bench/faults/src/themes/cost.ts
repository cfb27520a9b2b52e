import type { Theme } from './fault.ts';

export const cost: Theme = {
  id: 'cost',
  title: 'Cost that grows with the window',
  scene: 'A busy service: the window holds many calls when the outage begins.',
  correct: 'A call costs the same, failed or not, however many calls the window holds.',
  faults: [
    {
      program: 'opossum/failure-costs-the-whole-window',
      fault: 'Each failure copies and sorts the latencies of the whole window, which blocks the event loop.',
      shows: /: \d{2,} x as long/,
      documented: '`rollingPercentilesEnabled: false` avoids the sorting',
    },
    {
      program: 'mollitia/call-costs-the-whole-window',
      fault: 'Each call, even a successful one, copies and checks the whole window.',
      shows: /: \d{2,} x as long/,
    },
  ],
};
