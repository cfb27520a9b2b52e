import { Controller, Get, Inject, Module, NotFoundException, Param } from '@nestjs/common';
import { consecutiveFailures } from '@switchgear/core';
import { BREAKERS, BreakerModule, createRegistry, type Registry, UseBreaker } from '@switchgear/nest';

@Controller('reports')
export class Reports {
  constructor(@Inject(BREAKERS) readonly breakers: Registry) {}

  @Get(':id')
  @UseBreaker('reports')
  report(@Param('id') id: string) {
    if (id === 'none') throw new NotFoundException();
    throw new Error('the report engine is down');
  }
}

const registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(2) }) });

@Module({ imports: [BreakerModule.forRoot({ registry })], controllers: [Reports] })
export class ReportsModule {}

/** The statuses that clients of a running server get. */
export async function statusesOf(url: string): Promise<string> {
  const statuses: (number | string | null)[] = [];
  for (const id of ['none', '7', '7', '7']) {
    const { status, headers } = await fetch(`${url}/reports/${id}`);
    statuses.push(status, headers.get('x-circuit-breaker'));
  }
  return statuses.join();
}

/** What `statusesOf` returns if the breaker stands around the route. */
export const EXPECTED = '404,,500,,500,,503,open';
