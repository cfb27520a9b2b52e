/// <reference types="node" />
import { BREAKERS, BreakerInterceptor, BreakerModule, createBreaker, UseBreaker } from '@switchgear/nest';

export const token: symbol = BREAKERS;
export const dynamic = BreakerModule.forRoot({ breaker: createBreaker({ name: 'orders' }) });
export const interceptor: BreakerInterceptor = new BreakerInterceptor();
export const decorator: MethodDecorator = UseBreaker('orders');
