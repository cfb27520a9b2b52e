import { equal, holds, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import type { SharingAnswer } from './answers.ts';

/** The fewest failing calls with which the breaker opens alone. */
const ALONE = 20;

/**
 * What has to hold between isolates whose requests carry the exchange: each question below is a request of its own. The two
 * Workers are `server` and `elsewhere`; the mailbox is in this process.
 */
export const sharing: readonly Spec[] = [
  {
    name: 'sharing: isolates without timers know of each other by what goes on after their answers',
    needs: ['server'],
    async run(around) {
      const workers = isolatesOf(around);
      await until(
        async () => (await Promise.all(workers.map((ask) => ask('look')))).every(knowsBoth),
        'both are known',
      );
      for (const ask of workers) equal((await ask('look')).faults, []);
    },
  },
  {
    name: 'sharing: calls that fail in two isolates open the circuits of both, with too few in each to open one',
    needs: ['server'],
    async run(around) {
      const workers = isolatesOf(around);
      const before = await Promise.all(workers.map((ask) => ask('look')));
      let answers: SharingAnswer[] = before;
      let failures = 0;
      await until(async () => {
        // Not so many that one could open alone, and spread, because a trouble of an instant opens nothing.
        const does = failures++ < ALONE - 1 ? 'fail' : 'look';
        answers = await Promise.all(workers.map((ask) => ask(does)));
        await new Promise((resolve) => setTimeout(resolve, 60));
        return answers.every(({ state }) => state === 'open');
      }, 'both are open');
      for (const { rules } of answers) holds(/^(pooled |votes)/.test(rules[0] ?? ''), `opened on ${rules[0]}`);
      equal(
        answers.map(({ isolate, faults }) => [isolate, ...faults]),
        before.map(({ isolate }) => [isolate]),
      );
    },
  },
];

function isolatesOf({ server, elsewhere, mailbox }: Parameters<Spec['run']>[0]) {
  return [server, elsewhere].map((worker) => async (does: string): Promise<SharingAnswer> => {
    const url = `${worker}/${does}?mailbox=${encodeURIComponent(`${mailbox}`)}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return (await answer.json()) as SharingAnswer;
  });
}

function knowsBoth({ instances }: SharingAnswer): boolean {
  return instances === 2;
}
