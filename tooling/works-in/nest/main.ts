import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Payments, PaymentsModule } from './payments';

async function main(): Promise<void> {
  const app = await NestFactory.createApplicationContext(PaymentsModule, { logger: ['error'] });
  const payments = app.get(Payments);
  const seen = [await payments.pay(), await payments.pay(), await payments.pay(), await payments.pay()];
  if (seen.join() !== '200,503,503,refused') throw new Error(seen.join());
  await app.close();
  console.log('story told');
}

void main();
