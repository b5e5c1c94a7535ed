import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { startService } from '../support/service.ts'
import { startWebhookReceiver } from '../support/webhook-receiver.ts'
import {
  arrived,
  beginAdvance,
  callerOf,
  feedOf,
  figuresOf,
  foundCompany,
} from '../support/year.ts'

t.test('two replicas with two schedulers on one database do the work once', async (t) => {
  const { url: databaseUrl } = await testDatabase(t)
  const first = await startService(t, { databaseUrl })
  const second = await startService(t, { databaseUrl, apiKey: first.apiKey })
  const [one, other] = [callerOf(first), callerOf(second)]
  const receiver = await startWebhookReceiver(t)
  const endpoint = await one('POST', '/v1/webhook-endpoints', {
    url: receiver.url,
    event_types: ['*'],
  })
  receiver.use(endpoint.secret)

  await foundCompany(one)
  await beginAdvance(other, '2026-03-15T08:00:00Z')
  await arrived(one)

  const figures = await figuresOf(other)
  t.equal(figures.levels.length, 12 * 3 * 3)
  t.equal(new Set(figures.levels).size, figures.levels.length, 'each item and level once')
  t.ok(figures.ok, 'the ledger adds up')
  t.ok(figures.gapless, 'the feed has no gap')
  t.same(figures, await figuresOf(one), 'both replicas tell the same')

  const events = await feedOf(one)
  const since = events.findIndex(({ type }) => type === 'webhook_endpoint.created')
  const told = events.slice(since + 1)
  await receiver.until(told.length)
  t.same(receiver.refusals, [], 'every signature is right')
  t.same(receiver.disorder(), [], 'every entity is told in order')
  const ids = new Set(receiver.events.map(({ id }) => id))
  t.same(
    told.filter(({ id }) => !ids.has(id)),
    [],
    'nothing is missing',
  )
  t.equal(receiver.repeatCount(), 0, 'nothing was delivered twice')
})
