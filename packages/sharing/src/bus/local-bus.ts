import { invalid } from '@switchgear/core/adapter';
import type { Bus } from '../ports/bus.ts';

/** What is used of a `BroadcastChannel`. */
interface Channel extends Pick<BroadcastChannel, 'onmessage' | 'postMessage' | 'close'> {
  unref?(): void;
}

/**
 * A bus between the threads of a process, or between the tabs and workers of a web page's origin: a `BroadcastChannel`. It
 * keeps no process alive.
 *
 * @param name of the channel; groups on one channel do not disturb each other
 * @default name '@switchgear/sharing'
 * @throws {TypeError} on opening, where there is no `BroadcastChannel`, as on Cloudflare Workers
 */
export function localBus(name: string = '@switchgear/sharing'): Bus {
  if (typeof name !== 'string') invalid('localBus', 'a string', name);
  return {
    tick: 25,
    open(hear) {
      const { BroadcastChannel } = globalThis as { BroadcastChannel?: new (name: string) => Channel };
      if (!BroadcastChannel) invalid('bus', 'given where there is no BroadcastChannel', BroadcastChannel);
      const channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }) => hear(data);
      channel.unref?.();
      return {
        send: (report) => channel.postMessage(report),
        close: () => channel.close(),
      };
    },
  };
}
