import axios, { AxiosError, type AxiosInstance, type AxiosResponse } from 'axios';
import { describe, expect, it } from 'vitest';
import { createProductData, UnknownProductError } from '../src/orders/lookups.ts';

/** A product service that answers with a name, a status, or not at all. */
function clientOf(answer: () => string | number | undefined): AxiosInstance {
  return axios.create({
    adapter: async (config) => {
      const now = answer();
      if (now === undefined) throw new AxiosError('timeout of 300ms exceeded', AxiosError.ECONNABORTED, config);
      const status = typeof now === 'number' ? now : 200;
      const response: AxiosResponse = { config, status, statusText: '', headers: {}, data: { name: now } };
      if (status === 200) return response;
      throw new AxiosError(`status ${status}`, AxiosError.ERR_BAD_RESPONSE, config, undefined, response);
    },
  });
}

describe('product data', () => {
  it('is the answer of the service, good for five seconds; its last good one for an hour; then the bare number', async () => {
    let answer: string | undefined = 'Teapot';
    let now = 0;
    const describeProduct = createProductData(
      clientOf(() => answer),
      () => now,
    );
    expect(await describeProduct('7')).toEqual({ name: 'Teapot', servedBy: 'products', ageMs: 0 });
    answer = 'Kettle';
    now = 5_000;
    expect(await describeProduct('7')).toEqual({ name: 'Teapot', servedBy: 'products', ageMs: 5_000 });
    answer = undefined;
    now++;
    expect(await describeProduct('7')).toEqual({ name: 'Teapot', servedBy: 'copy', ageMs: 5_001 });
    now = 3_600_000;
    expect(await describeProduct('7')).toEqual({ name: 'Teapot', servedBy: 'copy', ageMs: 3_600_000 });
    now++;
    expect(await describeProduct('7')).toEqual({ name: '7', servedBy: 'plain', ageMs: 0 });
    answer = 'Kettle';
    expect(await describeProduct('7')).toMatchObject({ name: 'Kettle', servedBy: 'products' });
  });

  it('keeps the last thousand copies', async () => {
    let answer: string | undefined = 'Teapot';
    let now = 0;
    const describeProduct = createProductData(
      clientOf(() => answer),
      () => now,
    );
    for (let id = 0; id <= 1_000; id++) await describeProduct(String(id));
    answer = undefined;
    now = 60_000;
    expect(await describeProduct('0')).toMatchObject({ servedBy: 'plain' });
    expect(await describeProduct('1')).toMatchObject({ servedBy: 'copy' });
  });

  it('of a product that the service does not know is an error, and not degraded', async () => {
    const describeProduct = createProductData(
      clientOf(() => 404),
      () => 0,
    );
    await expect(describeProduct('7')).rejects.toBeInstanceOf(UnknownProductError);
  });
});
