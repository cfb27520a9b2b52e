import type { Board, Bookmark } from '../board/board.ts';
import type { Updates } from '../board/texts.ts';
import type { Place } from './streams.ts';

/** How often a stream looks for changes, in milliseconds. */
const POLL_MS = 200;

/** How long a client waits before it reconnects, in milliseconds. */
const RETRY = 2_000;

/** The longest time without a message, in milliseconds. */
const HEARTBEAT = 10_000;

/** A client that takes longer than this to read one message is disconnected, in milliseconds. A page reconnects by itself. */
const SLOWEST = 30_000;

/** Options of a stream. */
export interface EventStreamSetting {
  readonly board: Board;
  readonly texts: Updates;
  readonly place: Place;

  /** Identifies this board, so that bookmarks of an earlier one are not used. */
  readonly instance: string;

  /** How far the client has read. */
  readonly after: Bookmark | undefined;

  /** Closes the connection of a client that does not read, if the runtime needs that. Returns whether it did. */
  readonly hangUp: () => boolean;
}

/**
 * The events of one connection. It looks for changes when its reader has taken the last message, so at most one message is buffered
 * for a slow client, and a client that does not read only holds its slot for half a minute. Each stream has its own timer, because
 * on Workers one request may not wake another.
 */
export class EventStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #options: EventStreamSetting;
  readonly #encoder = new TextEncoder();
  #bookmark: Bookmark | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #sentAt: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wake: (() => void) | undefined;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #isOver = false;

  constructor(options: EventStreamSetting) {
    this.#options = options;
    this.#bookmark = options.after;
    this.#sentAt = options.board.now;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
  }

  async pull(): Promise<void> {
    clearTimeout(this.#timer);
    while (!this.#isOver) {
      this.#options.place.seen(this.#options.board.now);
      if (this.#tell()) {
        this.#timer = setTimeout(() => this.#drop(), SLOWEST);
        return;
      }
      await this.#pause();
    }
  }

  cancel(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.place.leave();
    this.#wake?.();
  }

  /** Ends the stream from this side. */
  close(): void {
    if (this.#isOver) return;
    this.cancel();
    this.#controller?.close();
  }

  /** Writes the changes since the last message, if any. @returns whether anything was written */
  #tell(): boolean {
    const { board, texts, instance } = this.#options;
    const { now } = board;
    if (!this.#bookmark || board.isNewSince(this.#bookmark, this.#lookedAt)) {
      this.#lookedAt = now;
      const { event, text, bytes, bookmark } = texts.since(this.#bookmark);
      this.#bookmark = bookmark;
      if (text !== '') {
        const id = `${instance}.${bookmark.revision}.${bookmark.entry}`;
        // The id comes last: a client only stores it after reading the whole message.
        const tail = `\nevent: ${event}\nid: ${id}\nretry: ${RETRY}\n\n`;
        this.#send(this.#encoder.encode(`data: {"now":${now},`), bytes, this.#encoder.encode(tail));
        return true;
      }
    }
    if (now - this.#sentAt < HEARTBEAT) return false;
    this.#send(this.#encoder.encode(`event: heartbeat\ndata: ${now}\n\n`));
    return true;
  }

  #send(...parts: readonly Uint8Array[]): void {
    this.#sentAt = this.#options.board.now;
    for (const part of parts) this.#controller?.enqueue(part);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#timer = setTimeout(resolve, POLL_MS);
    });
  }

  #drop(): void {
    this.cancel();
    // Only if hanging up is not possible: a server may log the error, and slow clients could fill its log.
    if (!this.#options.hangUp()) this.#controller?.error(new Error('The client reads too slowly'));
  }
}
