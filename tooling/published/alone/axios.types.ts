import { createBreaker, protectAxios } from '@switchgear/axios';
import axios from 'axios';

const client = axios.create({ baseURL: 'https://payments.example' });
export const protection: { eject(): void } = protectAxios(client, { breaker: createBreaker({ name: 'payments' }) });
