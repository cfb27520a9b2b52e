import {
  type Balancer,
  createBalancer,
  type Endpoint,
  type EndpointRow,
  outliers,
  type Router,
  roundRobin,
} from '@switchgear/balancer';

interface Server extends Endpoint {
  readonly port: number;
}

const endpoints: readonly Server[] = [{ id: 'a', port: 8080 }];
export const balancer: Balancer<Server> = createBalancer({
  name: 'search',
  endpoints,
  pick: roundRobin(),
  outliers: outliers(),
});
export const port: Promise<number> = balancer.run((server) => server.port, { attempts: 2 });
export const rows: readonly EndpointRow[] = balancer.rows();
export const router: Router = balancer;
