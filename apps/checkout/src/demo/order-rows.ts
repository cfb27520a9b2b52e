import pg from 'pg';

/** Each order in the database, with when its payment was marked paid (milliseconds since 1970), or `null` while it is owed. */
export async function readOrders(url: string): Promise<ReadonlyMap<string, number | null>> {
  const { rows } = await query<{ reference: string; paidAt: number | null }>(
    url,
    'select reference, (extract(epoch from paid_at) * 1000)::float8 as "paidAt" from orders',
  );
  return new Map(rows.map(({ reference, paidAt }) => [reference, paidAt]));
}

/** How many payments are owed. */
export async function countOwed(url: string): Promise<number> {
  const { rows } = await query<{ owed: number }>(url, 'select count(*)::int as owed from orders where paid_at is null');
  return rows[0]!.owed;
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query<Row>(sql);
  } finally {
    await client.end();
  }
}
