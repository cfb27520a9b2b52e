import { equal, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import type { Answer } from './answers.ts';

/** For circuits that must not be half-open before a busy machine has asked them. */
const RESET_TO_STAY_OPEN = 'reset?openFor=60000';

/** For probes that must keep their place for as long as they take. */
const RESET_TO_LAST = 'reset?permitTimeout=60000';

/**
 * What has to hold when requests share a breaker, seen from outside: each line below is a request of its own. A Worker's
 * promises, timers and signals belong to one request; other breakers stay open there for ever.
 *
 * @param where names the Worker and the breaker in it, for the names of the specs
 * @param whose the breaker: `'module'` or `'handler'`
 */
export function acrossRequests(where: string, whose: 'module' | 'handler'): readonly Spec[] {
  return [
    {
      name: `${where}: opened by two requests, it refuses others, is half-open, closes, and the isolate stays`,
      needs: ['server'],
      async run({ server }) {
        const ask = asking(server, whose);
        const { isolate } = await ask(RESET_TO_STAY_OPEN);
        equal(view(await ask('fail')), ['down', 'closed']);
        equal(view(await ask('fail')), ['down', 'open']);
        equal(view(await ask('succeed')), ['refused', 'open']);
        equal(view(await ask('succeed')), ['refused', 'open']);
        await ask('reset');
        await ask('fail');
        await ask('fail');
        await halfOpen(ask);
        equal(view(await ask('succeed')), ['fine', 'half-open']);
        equal(view(await ask('succeed')), ['fine', 'closed']);
        equal((await ask('state')).isolate, isolate);
      },
    },
    {
      name: `${where}: many requests are refused at the same time`,
      needs: ['server'],
      async run({ server }) {
        const ask = asking(server, whose);
        await ask(RESET_TO_STAY_OPEN);
        await ask('fail');
        await ask('fail');
        const answers = await Promise.all(Array.from({ length: 20 }, () => ask('succeed')));
        equal(answers.filter(({ answer }) => answer === 'refused').length, 20);
        equal((await ask('state')).rejected, 20);
      },
    },
    {
      name: `${where}: requests under way at the same time each get their own answer`,
      needs: ['server'],
      async run({ server }) {
        const ask = asking(server, whose);
        await ask('reset');
        const said = Array.from({ length: 20 }, (_, i) => `answer ${i}`);
        const answers = await Promise.all(said.map((say) => ask(`succeed?say=${encodeURIComponent(say)}`)));
        equal(
          answers.map((each) => each.answer),
          said,
        );
      },
    },
    {
      name: `${where}: while one request probes, others are refused at once, and after it the next one goes through`,
      needs: ['server'],
      async run({ server }) {
        const ask = asking(server, whose);
        await ask(RESET_TO_LAST);
        await ask('fail');
        await ask('fail');
        await halfOpen(ask);
        const { hung } = await ask('state');
        const probing = ask('dawdle');
        await until(async () => (await ask('state')).hung > hung, 'the probe is under way');
        const others = await Promise.all([ask('succeed'), ask('succeed')]);
        equal(
          others.map((each) => each.answer),
          ['refused', 'refused'],
        );
        equal((await probing).answer, 'fine');
        equal(view(await ask('succeed')), ['fine', 'closed']);
      },
    },
    {
      name: `${where}: a time limit ends the calls of each request in time, even when the client of another request goes away`,
      needs: ['server'],
      async run({ server }) {
        const ask = asking(server, whose);
        const { hung } = await ask('state');
        const stop = new AbortController();
        const left = ask('limited', stop.signal).catch(() => 'left');
        await until(async () => (await ask('state')).hung > hung, 'the first call is under way');
        const others = [ask('limited'), ask('limited')];
        await until(async () => (await ask('state')).hung > hung + 2, 'all calls are under way');
        stop.abort();
        equal(await left, 'left');
        equal(
          (await Promise.all(others)).map(({ answer }) => answer),
          ['given up', 'given up'],
        );
        equal((await ask('limited')).answer, 'given up');
      },
    },
    {
      name: `${where}: the place of a probe whose client went away is free again`,
      needs: ['server'],
      async run({ server }) {
        const ask = asking(server, whose);
        await ask('reset?permitTimeout=1500');
        await ask('fail');
        await ask('fail');
        await halfOpen(ask);
        const { hung } = await ask('state');
        const stop = new AbortController();
        const left = ask('hang', stop.signal).catch(() => 'left');
        await until(async () => (await ask('state')).hung > hung, 'the probe is under way');
        equal((await ask('succeed')).answer, 'refused');
        stop.abort();
        equal(await left, 'left');
        await until(async () => (await ask('succeed')).answer === 'fine', 'its place is free');
      },
    },
  ];
}

type Ask = (what: string, signal?: AbortSignal) => Promise<Answer>;

function asking(server: string | undefined, whose: string): Ask {
  return async (what, signal = AbortSignal.timeout(5_000)) => {
    const answer = await fetch(`${server}/${whose}/${what}`, { signal });
    return (await answer.json()) as Answer;
  };
}

function view({ answer, state }: Answer): unknown[] {
  return [answer, state];
}

async function halfOpen(ask: Ask): Promise<void> {
  await until(async () => (await ask('state')).state === 'half-open', 'openFor is over');
}
