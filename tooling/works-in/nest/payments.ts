import { HttpModule, HttpService } from '@nestjs/axios';
import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { createBreaker, isCircuitOpen, protectAxios } from '@switchgear/axios';
import { consecutiveFailures } from '@switchgear/core';
import { AxiosError, type InternalAxiosRequestConfig } from 'axios';
import { firstValueFrom } from 'rxjs';

let reached = 0;

// Stands for the network: one good answer, and then none.
async function adapter(config: InternalAxiosRequestConfig) {
  const response = { status: ++reached === 1 ? 200 : 503, statusText: '', data: '', headers: {}, config };
  if (reached === 1) return response;
  throw new AxiosError('unavailable', 'ERR_BAD_RESPONSE', config, undefined, response);
}

@Injectable()
export class Payments implements OnModuleInit {
  readonly breaker = createBreaker({ name: 'payments', openWhen: consecutiveFailures(2) });

  constructor(private readonly http: HttpService) {}

  onModuleInit(): void {
    protectAxios(this.http.axiosRef, { breaker: this.breaker });
  }

  async pay(): Promise<string> {
    try {
      return `${(await firstValueFrom(this.http.get('https://payments.example'))).status}`;
    } catch (error) {
      if (isCircuitOpen(error)) return 'refused';
      return error instanceof AxiosError ? `${error.response?.status}` : `${error}`;
    }
  }
}

@Module({ imports: [HttpModule.register({ adapter })], providers: [Payments] })
export class PaymentsModule {}
