import { createBreaker } from '@switchgear/core';
import { freePort } from '@switchgear/testkit';
import axios, { AxiosError } from 'axios';
import another from 'axios-1.18';
import { afterEach, describe, expect, it } from 'vitest';
import { protectAxios } from '../../src/index.ts';

let eject: () => void = () => undefined;
afterEach(() => eject());

describe('axios of another copy than ours', () => {
  it('keeps its own adapters and its own class of errors', async () => {
    const breaker = createBreaker({ name: 'another' });
    ({ eject } = protectAxios(another as never, { breaker }));
    const url = `http://127.0.0.1:${await freePort()}/`;

    const failed = await another.get(url).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(another.AxiosError);
    expect(failed).not.toBeInstanceOf(AxiosError);
    breaker.trip();
    expect(await another.get(url).catch((error: unknown) => error)).toBeInstanceOf(another.AxiosError);
    expect(axios.defaults.adapter).toEqual(expect.any(Array));
  });
});
