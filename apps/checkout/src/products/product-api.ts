import { Hono } from 'hono';
import type { Behaviour } from '../services/behaviour.ts';

/** What the shop sells: `product-1` to `product-20`. */
const NAMES = ['Teapot', 'Lantern', 'Notebook', 'Umbrella', 'Kettle'] as const;
const SIZES = ['small', 'medium', 'large', 'very large'] as const;

const CATALOGUE: ReadonlyMap<string, string> = new Map(
  SIZES.flatMap((size) => NAMES.map((name) => `${name}, ${size}`)).map((name, index) => [`product-${index + 1}`, name]),
);

/** The product service: `GET /products/:id` describes a product. */
export function createProductApi(behaviour: Behaviour): Hono {
  const api = new Hono();
  api.get('/products/:id', async (context) => {
    behaviour.countCall();
    const id = context.req.param('id');
    const name = await behaviour.perform(() => CATALOGUE.get(id));
    return name === undefined ? context.json({ error: 'no such product' }, 404) : context.json({ id, name });
  });
  return api;
}
