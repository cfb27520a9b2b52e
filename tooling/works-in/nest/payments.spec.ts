import { Test } from '@nestjs/testing';
import { Payments, PaymentsModule } from './payments';

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
