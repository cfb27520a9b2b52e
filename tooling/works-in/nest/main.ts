import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Payments, PaymentsModule } from './payments';
import { EXPECTED, ReportsModule, statusesOf } from './reports';

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(PaymentsModule, { logger: ['error'] });
  const payments = app.get(Payments);
  const seen = [await payments.pay(), await payments.pay(), await payments.pay(), await payments.pay()];
  if (seen.join() !== '200,503,503,refused') throw new Error(seen.join());
  await app.close();

  const server = await NestFactory.create(ReportsModule, { logger: false });
  await server.listen(0, '127.0.0.1');
  const statuses = await statusesOf(await server.getUrl());
  await server.close();
  if (statuses !== EXPECTED) throw new Error(statuses);
  console.log('story told');
}

void main();
