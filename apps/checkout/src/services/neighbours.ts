import { type Context, Hono } from 'hono';
import type { Behaviour } from './behaviour.ts';

/** Records of things done, once per `Idempotency-Key`. */
export interface DoneOnce<Thing> {
  /** Records it, unless there already is one with the request's key. */
  add(context: Context, thing: Thing): void;

  /** All records, in order. */
  all(): readonly Thing[];
}

/** Creates empty records, in memory. */
export function createDoneOnce<Thing>(): DoneOnce<Thing> {
  const done = new Map<unknown, Thing>();
  return {
    add(context, thing) {
      const key = context.req.header('Idempotency-Key') ?? Symbol('no key');
      if (!done.has(key)) done.set(key, thing);
    },
    all: () => [...done.values()],
  };
}

/** A notice to a customer. */
export interface Notice {
  readonly customer: string;
  readonly order: string;
  readonly text: string;
}

/** The customers there are: `customer-0` to `customer-59`. */
const CUSTOMERS = 60;

/** Every third customer allows the alternative payment provider. */
const ALLOWS_ALTERNATIVE = 3;

/** The customer service: `GET /customers/:id` is a profile, `POST /customers/:id/notices` sends a notice. */
export function createCustomerApi(behaviour: Behaviour, notices: DoneOnce<Notice>): Hono {
  const api = new Hono();
  api.get('/customers/:id', async (context) => {
    behaviour.countCall();
    const id = context.req.param('id');
    const number = Number(/^customer-(\d+)$/.exec(id)?.[1] ?? CUSTOMERS);
    await behaviour.perform(() => undefined);
    if (number >= CUSTOMERS) return context.json({ error: 'no such customer' }, 404);
    return context.json({ id, allowsAlternative: number % ALLOWS_ALTERNATIVE === 0 });
  });
  api.post('/customers/:id/notices', async (context) => {
    behaviour.countCall();
    const { order, text } = await context.req.json();
    await behaviour.perform(() => notices.add(context, { customer: context.req.param('id'), order, text }));
    return context.body(null, 204);
  });
  return api;
}

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

/** A parcel to ship. */
export interface Parcel {
  readonly order: string;
  readonly customer: string;
  readonly product: string;
}

/** The shipping service: `POST /parcels` ships an order, once per `Idempotency-Key`. */
export function createShippingApi(behaviour: Behaviour, parcels: DoneOnce<Parcel>): Hono {
  const api = new Hono();
  api.post('/parcels', async (context) => {
    behaviour.countCall();
    const { order, customer, product } = await context.req.json();
    await behaviour.perform(() => parcels.add(context, { order, customer, product }));
    return context.body(null, 204);
  });
  return api;
}
