import { AbortController as OldAbortController } from 'abort-controller';
import { expect, it } from 'vitest';
import { watch } from './watch.ts';

/** A fetch over `XMLHttpRequest`: all it has to say of an abort is an error with that name. */
const hanging: typeof fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(Object.assign(new Error('Aborted'), { name: 'AbortError' })));
  });

/** The very controller of React Native: its signals have no `reason`, and there is no `AbortSignal.timeout`. */
function controllerOfOld() {
  const controller = new OldAbortController();
  return { signal: controller.signal as unknown as AbortSignal, abort: () => controller.abort() };
}

it('a call that its user aborted is ignored, where signals have no reason', async () => {
  const { fetch, outcomes, permits } = watch({ fetch: hanging });
  const { signal, abort } = controllerOfOld();
  expect(signal.reason).toBeUndefined();
  const call = fetch('http://a.example', { signal });
  abort();
  await expect(call).rejects.toHaveProperty('name', 'AbortError');
  expect(outcomes).toEqual(['ignored']);
  expect(permits).toMatchObject({ issued: 1, inFlight: 0 });
});

it('a call that timed out is a timeout where its signal has such a reason', async () => {
  const { fetch, outcomes } = watch({ fetch: hanging });
  const { signal, abort } = controllerOfOld();
  const call = fetch('http://a.example', { signal });
  Object.defineProperty(signal, 'reason', { value: { name: 'TimeoutError' } });
  abort();
  await expect(call).rejects.toHaveProperty('name', 'AbortError');
  expect(outcomes).toEqual(['failure timeout']);
});

it('an answer without a stream comes through as it is, observed or not', async () => {
  const answer = { status: 200, ok: true, headers: new Headers(), text: async () => 'ok' } as Response;
  const { fetch, outcomes } = watch({ observeBody: true, fetch: async () => answer });
  expect(await fetch('http://a.example')).toBe(answer);
  expect(outcomes).toEqual(['success']);
});
