/** A body that is still coming in, as a stream that reads no faster than its reader asks. */
export class StreamedBody {
  readonly stream: ReadableStream;
  readonly #chunks: Uint8Array[];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #listeners: (() => void)[] = [];
  #brokeOff = false;
  #ended = false;

  /** @param chunks what the reader has delivered so far */
  constructor(chunks: Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#chunks = chunks;
    this.#reader = reader;
    this.stream = new ReadableStream({
      type: 'bytes',
      pull: (controller) => this.#pull(controller),
      cancel: (reason) => {
        this.#end();
        return reader.cancel(reason);
      },
    });
  }

  /** Whether the client broke off. A failure from then on says nothing about the service. */
  get brokeOff(): boolean {
    return this.#brokeOff;
  }

  /** Calls the listener when there is nothing left to wait for: the body was read to its end, or its reader cancelled it. */
  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#listeners.push(listener);
  }

  #end(): void {
    this.#ended = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  async #pull(controller: ReadableByteStreamController): Promise<void> {
    const chunk = await this.#next();
    if (chunk) return controller.enqueue(chunk as Uint8Array<ArrayBuffer>);
    this.#end();
    controller.close();
    // A reader that lent its own buffer waits until it is answered.
    controller.byobRequest?.respond(0);
  }

  /** The next chunk that is not empty, because a stream of bytes rejects empty ones. */
  async #next(): Promise<Uint8Array | undefined> {
    for (let kept = this.#chunks.shift(); kept; kept = this.#chunks.shift()) if (kept.byteLength > 0) return kept;
    try {
      let next = await this.#reader.read();
      while (!next.done && next.value.byteLength === 0) next = await this.#reader.read();
      return next.value;
    } catch (error) {
      this.#brokeOff = true;
      throw error;
    }
  }
}
