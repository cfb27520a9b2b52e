import type { Because, Outcome, State } from '@switchgear/core';
import type { SharingEvent } from '@switchgear/sharing';

/** What a process of the fleet tells the one that started it. Times are milliseconds since 1970. */
export type WorkerMessage =
  | { readonly type: 'ready'; readonly url: string }
  /** The circuit of the payment service moved. */
  | { readonly type: 'move'; readonly from: State; readonly to: State; readonly because: Because; readonly at: number }
  /** A call of the payment service ended. */
  | { readonly type: 'outcome'; readonly outcome: Outcome; readonly at: number }
  | { readonly type: 'sharing'; readonly what: SharingEvent['type'] }
  /** All payments that were owed have been tried; so many are left. */
  | { readonly type: 'drained'; readonly left: number };
