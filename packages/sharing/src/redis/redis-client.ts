import { invalid } from '@switchgear/core/adapter';
import type { Emits } from '../store/overhear-errors.ts';

/** A client of `ioredis`: what is used of it. */
export interface IoRedis extends Emits {
  call(command: string, args: string[]): Promise<unknown>;
  duplicate(): IoRedisListener;
}

/** A second connection of `ioredis`, which only listens. */
export interface IoRedisListener extends Emits {
  subscribe(channel: string): Promise<unknown>;
  on(event: 'message', listener: (channel: string, message: string) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  disconnect(): void;
}

/** A client of `redis`, which is node-redis: what is used of it. */
export interface NodeRedis extends Emits {
  sendCommand(args: string[]): Promise<unknown>;
  duplicate(): NodeRedisListener;
}

/** A second connection of node-redis, which only listens. */
export interface NodeRedisListener extends Emits {
  connect(): Promise<unknown>;
  subscribe(channel: string, listener: (message: string, channel: string) => void): Promise<unknown>;
  destroy(): void;
}

/** A client that speaks HTTP, such as `@upstash/redis`: what is used of it. */
export interface RestRedis {
  eval(script: string, keys: string[], args: string[]): Promise<unknown>;
}

/** Runs a script in Redis, with one or more keys that a cluster keeps together. */
export type RunScript = (script: string, keys: string[], args: string[]) => Promise<unknown>;

/** How this client runs a script. The server keeps a script that it has seen, so only its text travels each time. */
export function scriptsOf(driver: string, client: IoRedis | NodeRedis | RestRedis): RunScript {
  const command = commandsOf(client);
  if (command) return (script, keys, args) => command('EVAL', [script, String(keys.length), ...keys, ...args]);
  const rest = client as RestRedis;
  if (typeof rest?.eval === 'function') return (script, keys, args) => rest.eval(script, keys, args);
  return invalid(`${driver} client`, 'a client of Redis', client, "new Redis() of 'ioredis'");
}

/** How this client sends any command; undefined if it cannot. Only ioredis has `call`, though both have `sendCommand`. */
export function commandsOf(client: unknown): ((command: string, args: string[]) => Promise<unknown>) | undefined {
  const { call, sendCommand } = Object(client) as Partial<IoRedis & NodeRedis>;
  if (call) return (command, args) => call.call(client, command, args);
  return sendCommand && ((command, args) => sendCommand.call(client, [command, ...args]));
}
