import { Test } from '@nestjs/testing';
import { Payments, PaymentsModule } from './payments';
import { EXPECTED, ReportsModule, statusesOf } from './reports';

describe('payments', () => {
  it('are refused while their circuit is open', async () => {
    const app = await Test.createTestingModule({ imports: [PaymentsModule] }).compile();
    await app.init();
    const payments = app.get(Payments);
    const seen = [await payments.pay(), await payments.pay(), await payments.pay(), await payments.pay()];
    expect(seen).toEqual(['200', '503', '503', 'refused']);
    await app.close();
  });
});

describe('reports', () => {
  it('are refused while their circuit is open', async () => {
    const module = await Test.createTestingModule({ imports: [ReportsModule] }).compile();
    const app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    expect(await statusesOf(await app.getUrl())).toBe(EXPECTED);
    await app.close();
  });
});
