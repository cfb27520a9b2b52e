/**
 * The payment service as a process. It stands for somebody else's company: it shares nothing with the shop but HTTP.
 *
 * Environment: LEDGER (path of its file); PORT and OPERATOR_PORT (0: free ones), CHARGE_BEFORE_HANG (0.5), SEED (1).
 */
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { seededDice } from '../process/dice.ts';
import { numeric, required } from '../process/environment.ts';
import { listen } from '../process/listen.ts';
import { endWithParent, tellParent } from '../process/parent.ts';
import { createBehaviour } from './behaviour.ts';
import { createChargeApi } from './charge-api.ts';
import { createFrontDoor } from './front-door.ts';
import { openLedger } from './ledger.ts';
import { createOperatorApi } from './operator-api.ts';

endWithParent();
const ledger = openLedger(required('LEDGER'));
const behaviour = createBehaviour({
  chargeBeforeHang: numeric('CHARGE_BEFORE_HANG', 0.5),
  dice: seededDice(numeric('SEED', 1)),
});
const door = createFrontDoor(createChargeApi(ledger, behaviour), behaviour);
const operators = createAdaptorServer({
  fetch: createOperatorApi(ledger, behaviour, door.resetConnections).fetch,
}) as Server;

const url = await listen(door.server, numeric('PORT', 0));
const operatorUrl = await listen(operators, numeric('OPERATOR_PORT', 0));
tellParent({ type: 'ready', url, operatorUrl });
console.log(`payments: charges at ${url}, operators at ${operatorUrl}`);
