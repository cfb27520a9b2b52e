import { vi } from 'vitest';
import { findCircuitOpen } from '../../src/index.ts';
import { watch } from '../watch.ts';
import type { Client } from './client.ts';

/** What became of one question that was put to a client while the circuit was open. */
export interface Tried {
  /** What its user gets, as a short text. */
  readonly seen: string;

  /** How often the client called `fetch`. */
  readonly calls: number;

  /** How many of those calls went out to the service. */
  readonly reached: number;

  /** Seconds until its user got anything. */
  readonly after: number;
}

/** Asks while the circuit is open, with time running as fast as it can: some clients wait for seconds before they repeat. */
export async function tryClient(ask: Client['ask'], onOpen: 'throw' | 'respond'): Promise<Tried> {
  let reached = 0;
  const { fetch, permits } = watch({
    onOpen,
    fetch: async () => {
      reached += 1;
      return Response.json({ wind: 5 });
    },
  });
  permits.breaker.trip();
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  try {
    const start = Date.now();
    let ended: { readonly seen: string; readonly at: number } | undefined;
    const end = (seen: string) => {
      ended = { seen, at: Date.now() };
    };
    ask(fetch).then(
      (value) => end(`resolves: ${shown(value)}`),
      (error) => end(`rejects: ${named(error)}`),
    );
    while (!ended) await vi.advanceTimersByTimeAsync(100);
    const { seen, at } = ended;
    return { seen, calls: permits.breaker.metrics().rejected, reached, after: Math.round((at - start) / 100) / 10 };
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
  }
}

function named(error: unknown): string {
  const { name, status, response } = error as Error & { status?: number; response?: { status: number } };
  // Some leave `name` as it was and go by their class.
  const called = name === 'Error' ? (error as Error).constructor.name : name;
  const open = findCircuitOpen(error);
  if (open === error) return called;
  if (open) return `${called}, from which \`findCircuitOpen\` gets it`;
  const answered = status ?? response?.status;
  return answered === undefined ? `${called}, “${(error as Error).message}”` : `${called}, status ${answered}`;
}

function shown(value: unknown): string {
  const { error, status } = value as { error: { message?: string; title?: string }; status: number };
  return `\`error\` “${error.message ?? error.title}”, \`status\` ${status}`;
}
