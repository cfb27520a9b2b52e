import type { Board, Bookmark } from '../board/board.ts';
import type { Updates } from '../board/texts.ts';
import type { Place } from './streams.ts';

/** How often a connection looks for moves, how long the client waits before it comes back, and the longest silence. */
const LOOK = 200;
const RETRY = 2_000;
const HEARTBEAT = 10_000;

/** A client that takes longer than this to read one message is let go of. It comes back by itself, if it is a page. */
const SLOWEST = 30_000;

/** What a stream tells, and how it ends. */
export interface EventStreamSetting {
  readonly board: Board;
  readonly texts: Updates;
  readonly place: Place;

  /** Names this board among those before and after it, so that bookmarks of another are worth nothing. */
  readonly instance: string;

  /** How far the client has read. */
  readonly after: Bookmark | undefined;

  /** Closes the connection of a client that does not read, where a server would notice nothing else. Says whether it did. */
  readonly hangUp: () => boolean;
}

/**
 * The events of one connection. It looks for news when its reader has taken the last, so one message at most waits for a client
 * that reads slowly, and one that does not read costs nothing but its place, for half a minute. Each has a timer of its own,
 * because on Workers a request may not wake another.
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

  /** Ends it from this side. */
  close(): void {
    if (this.#isOver) return;
    this.cancel();
    this.#controller?.close();
  }

  /** Writes the news since the last message, if any. @returns whether anything was written */
  #tell(): boolean {
    const { board, texts, instance } = this.#options;
    const { now } = board;
    if (!this.#bookmark || board.isNewSince(this.#bookmark, this.#lookedAt)) {
      this.#lookedAt = now;
      const { event, text, bytes, bookmark } = texts.since(this.#bookmark);
      this.#bookmark = bookmark;
      if (text !== '') {
        const id = `${instance}.${bookmark.revision}.${bookmark.entry}`;
        // What it is comes last: who has read that has read all of it.
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
      this.#timer = setTimeout(resolve, LOOK);
    });
  }

  #drop(): void {
    this.cancel();
    // One or the other: a server that is told of an error writes it into a log, and whoever does not read could fill that.
    if (!this.#options.hangUp()) this.#controller?.error(new Error('The client reads too slowly'));
  }
}
