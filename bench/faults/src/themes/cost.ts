import type { Theme } from './fault.ts';

export const cost: Theme = {
  id: 'cost',
  title: 'Cost that grows with the window',
  scene: 'A busy service: many calls are in the window when the outage begins.',
  correct: 'A call costs the same, failed or not, whatever the window holds.',
  faults: [
    {
      program: 'opossum/failure-costs-the-whole-window',
      fault: 'Each failure copies and sorts the latencies of the whole window, and nothing else runs meanwhile.',
      shows: /: \d{2,} x as long/,
      documented: '`rollingPercentilesEnabled: false` avoids the sorting',
    },
    {
      program: 'mollitia/call-costs-the-whole-window',
      fault: 'Each call copies and checks the whole window, also a successful one.',
      shows: /: \d{2,} x as long/,
    },
  ],
};
