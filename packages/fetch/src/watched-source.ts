/**
 * A stream of the same pieces, read no sooner than it is asked for. What reads it sees the error of the given one as its own.
 *
 * @param broke told when the given stream breaks, or gives what no platform can send
 */
export function watchedStream(source: ReadableStream, broke: () => void): ReadableStream {
  // Locked when the first piece is wanted and not before: a request that is never made leaves the stream alone.
  let reader: ReadableStreamDefaultReader | undefined;
  const passedOn: UnderlyingDefaultSource = {
    async pull(controller) {
      try {
        reader ??= source.getReader();
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (!isBytes(value)) broke();
        controller.enqueue(value);
      } catch (error) {
        broke();
        throw error;
      }
    },
    cancel: (reason) => (reader ?? source).cancel(reason),
  };
  return new ReadableStream(passedOn, { highWaterMark: 0 });
}

/** An object that is the given one in everything but its iteration, which it passes on. See {@link watchedStream}. */
export function watchedIterable<Source extends AsyncIterable<unknown> & object>(
  source: Source,
  broke: () => void,
): Source {
  return new Proxy(source, {
    get(target, key) {
      if (key === Symbol.asyncIterator) return () => watchedIterator(() => target[Symbol.asyncIterator](), broke);
      return Reflect.get(target, key);
    },
  });
}

function watchedIterator(start: () => AsyncIterator<unknown>, broke: () => void): AsyncIterableIterator<unknown> {
  let given: AsyncIterator<unknown> | undefined;
  // A source that is left before its end may say so with an error, and is not broken.
  let isLeft = false;
  return {
    async next() {
      try {
        given ??= start();
        return await given.next();
      } catch (error) {
        if (!isLeft) broke();
        throw error;
      }
    },
    async return(value) {
      isLeft = true;
      return (await given?.return?.(value)) ?? { done: true, value };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}
