import { createBreaker } from '@switchgear/core';
import { share } from '@switchgear/sharing';
import { describe, expect, it } from 'vitest';
import { instrumentBreakers, type ObservedSharing } from '../src/index.ts';
import { readMeter } from './setup/readings.ts';

type Circuit = ReturnType<ObservedSharing['report']>['circuits'][number];

/** A sharing that says this. */
function saying(...circuits: readonly Circuit[]): ObservedSharing {
  return { report: () => ({ group: 'shop', instances: 5, sent: 7, received: 20, dropped: 1, circuits }) };
}

const told = (...states: ('open' | 'half-open' | 'closed')[]) => states.map((state) => ({ state }));

describe('what breakers know of each other', () => {
  it('is how many instances there are, what they say of each name, and where they were not followed', async () => {
    const { meter, read } = readMeter();
    const payments: Circuit = { breaker: 'payments', isItUs: false, dissents: 2, told: told('open', 'open', 'closed') };
    const search: Circuit = { breaker: 'search', isItUs: true, dissents: 0, told: [] };
    instrumentBreakers([], { meter, sharing: saying(payments, search) });
    expect(await read('sharing')).toEqual({
      'sharing.instances group=shop': 5,
      'sharing.reports group=shop report=sent': 7,
      'sharing.reports group=shop report=received': 20,
      'sharing.reports group=shop report=dropped': 1,
      'sharing.others name=payments state=open': 2,
      'sharing.others name=payments state=half_open': 0,
      'sharing.is_it_us name=payments': 0,
      'sharing.dissents name=payments': 2,
      'sharing.others name=search state=open': 0,
      'sharing.others name=search state=half_open': 0,
      'sharing.is_it_us name=search': 1,
      'sharing.dissents name=search': 0,
    });
  });

  it('has no more series than there are names, however many instances come and go', async () => {
    const { meter, read } = readMeter();
    const circuit = (breaker: string): Circuit => ({ breaker, isItUs: true, dissents: 1, told: told('open') });
    instrumentBreakers([], { meter, maxNames: 2, sharing: saying(...['a', 'b', 'c', 'd'].map(circuit)) });
    expect(await read('sharing.others name=_OTHER')).toEqual({
      'sharing.others name=_OTHER state=open': 2,
      'sharing.others name=_OTHER state=half_open': 0,
    });
    expect(await read('sharing.dissents')).toEqual({
      'sharing.dissents name=a': 1,
      'sharing.dissents name=b': 1,
      'sharing.dissents name=_OTHER': 2,
    });
  });

  it('is read from what share returns, until the measurement stops', async () => {
    const { meter, read } = readMeter();
    const breaker = createBreaker({ name: 'payments' });
    const sharing = share(breaker, { group: 'alone', bus: { open: () => ({ send() {}, close() {} }) } });
    let readings = 0;
    const report = () => {
      readings++;
      return sharing.report();
    };
    const { stop } = instrumentBreakers(breaker, { meter, sharing: { report } });
    expect(await read('sharing.instances')).toEqual({ 'sharing.instances group=alone': 1 });
    stop();
    await read();
    expect(readings).toBe(1);
    await sharing.close();
  });

  it('is refused from anything else', () => {
    expect(() => instrumentBreakers([], { sharing: {} as never })).toThrow(
      /instrumentBreakers sharing must be what share returned, got an object/,
    );
  });
});
