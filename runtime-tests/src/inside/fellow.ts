import { failureRate, fixed } from '@switchgear/core';
import { createBreaker, localBus, share } from '@switchgear/sharing';
import { FELLOWS, type FellowMessage, type Order } from '../specs/sharing/fellow-message.ts';

/** One of several threads or tabs, each with a breaker that it shares with the others. It does what a spec tells it. */
export function startFellow(number: number): void {
  const breaker = createBreaker({
    name: 'service',
    openWhen: failureRate(0.5, { minimumCalls: 5 }),
    openFor: fixed(60_000),
  });
  const rules: string[] = [];
  breaker.subscribe(({ type, because }) => type === 'move' && rules.push(because?.rule ?? ''));
  // One network, one machine: what one finds out holds for all.
  const sharing = share(breaker, { group: 'fellows', bus: localBus('shared by fellows'), quorum: 1 });
  const channel = new BroadcastChannel(FELLOWS);
  channel.onmessage = ({ data }: MessageEvent<Partial<Order>>) => {
    // What fellows say is heard by all.
    const isForMe = data.act !== undefined && (data.to ?? number) === number;
    if (!isForMe) return;
    if (data.act === 'fail') breaker.tryAcquire()?.settle('failure');
    const { calls } = breaker.metrics();
    const { instances } = sharing;
    channel.postMessage({ from: number, state: breaker.state, calls, instances, rules } satisfies FellowMessage);
  };
}
