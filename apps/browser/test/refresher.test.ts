import { describe, expect, it } from 'vitest';
import { Refresher } from '../src/page/tiles/refresher.ts';

describe('the refresher', () => {
  /** A subject that records when it is asked, and answers on command. */
  function subject(name: string, asked: string[]) {
    let answer = () => {};
    const refresh = () => {
      asked.push(name);
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    };
    return { refresh, answer: () => answer() };
  }

  async function settled(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }

  it('asks at once for what is new, six at a time', async () => {
    const asked: string[] = [];
    const subjects = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => subject(name, asked));
    const refresher = new Refresher();
    for (const each of subjects) refresher.add(each);
    expect(asked.join('')).toBe('abcdef');
    subjects[3]?.answer();
    await settled();
    expect(asked.join('')).toBe('abcdefg');
  });

  it('refreshes the one that has waited longest', async () => {
    const asked: string[] = [];
    const [a, b] = [subject('a', asked), subject('b', asked)];
    const refresher = new Refresher();
    refresher.add(a);
    refresher.add(b);
    b.answer();
    await settled();
    a.answer();
    await settled();
    for (let times = 0; times < 2; times += 1) refresher.refreshNext();
    refresher.refreshNext();
    expect(asked.join('')).toBe('abba');
  });

  it('forgets what has gone, and gives its place to the next', async () => {
    const asked: string[] = [];
    const subjects = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => subject(name, asked));
    const refresher = new Refresher();
    for (const each of subjects) refresher.add(each);
    const [a] = subjects;
    if (a) refresher.remove(a);
    a?.answer();
    await settled();
    expect(asked.join('')).toBe('abcdefg');
    subjects[1]?.answer();
    await settled();
    refresher.refreshNext();
    refresher.refreshNext();
    expect(asked.join('')).toBe('abcdefgb');
  });
});
