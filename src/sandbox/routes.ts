import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { beginAdvance } from './advance-clock.ts'
import { fixtureRoutes } from './fixtures/routes.ts'
import { resetRoutes } from './reset/routes.ts'
import { AdvanceTestClock, clockToJson, SetTestClock, TestClock } from './schema.ts'
import { clockState, setClock } from './set-clock.ts'
import { simulatorRoutes } from './simulators/routes.ts'

/** What only test tenants have: a clock that can be moved, and a world that does as it is told. */
export function sandboxRoutes(http: Http, context: Context): void {
  clockRoutes(http, context)
  simulatorRoutes(http, context)
  fixtureRoutes(http, context)
  resetRoutes(http, context)
}

function clockRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/test-clock',
    operationId: 'getTestClock',
    tag: 'Test clock',
    summary: 'Read the test clock',
    description: 'Where the clock of this test tenant stands, and whether it is on its way.',
    scope: 'tenants:read',
    answers: { 200: TestClock },
    problems: ['test_tenant_only'],
    work: async (reader) => clockToJson(await clockState(reader)),
  })

  command(http, context, {
    method: 'PUT',
    url: '/v1/test-clock',
    operationId: 'setTestClock',
    tag: 'Test clock',
    summary: 'Set the test clock',
    description:
      'Runs no job. The clock goes back only while the tenant has no invoice, payment or ledger entry. Before the first time it follows real time, afterwards it stands still.',
    scope: 'sandbox:write',
    ifMatch: 'none',
    body: SetTestClock,
    answers: { 200: TestClock },
    problems: ['test_tenant_only', 'clock_advancing', 'clock_has_history'],
    work: async (tx, { body }) => clockToJson(await setClock(tx, body.now)),
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/test-clock/advance',
    operationId: 'advanceTestClock',
    tag: 'Test clock',
    summary: 'Advance the test clock',
    description:
      'Runs every job whose instant is on the way, in order, day by day. Ask again until the status is `ready`: then all that happened is in the feed.',
    scope: 'sandbox:write',
    body: AdvanceTestClock,
    answers: { 202: TestClock },
    problems: ['test_tenant_only', 'clock_advancing', 'instant_in_past'],
    work: async (tx, { body }) => clockToJson(await beginAdvance(tx, body.to)),
  })
}
