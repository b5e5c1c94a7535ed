import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { testDatabase } from '../support/database.ts'
import { startService } from '../support/service.ts'
import { arrived, beginAdvance, callerOf, figuresOf, foundCompany } from '../support/year.ts'

const TO = '2026-03-15T08:00:00Z'

t.test(
  'killed in the middle of an advance and started again, it goes on and comes to the same figures',
  async (t) => {
    const undisturbed = await startService(t, { databaseUrl: (await testDatabase(t)).url })
    const calm = callerOf(undisturbed)
    await foundCompany(calm)
    await beginAdvance(calm, TO)
    await arrived(calm)
    const expected = await figuresOf(calm)
    await undisturbed.stop()
    t.equal(expected.levels.length, 12 * 3 * 3, 'every invoice reached every level')

    const service = await startService(t, { databaseUrl: (await testDatabase(t)).url })
    const call = callerOf(service)
    await foundCompany(call)
    await beginAdvance(call, TO)
    let restarts = 0
    for (const pauseMs of [300, 700, 1_100]) {
      await sleep(pauseMs)
      await service.kill()
      await service.start()
      const { status, now } = await call('GET', '/v1/test-clock')
      if (status === 'ready') break
      restarts += 1
      await goesOn(call, now)
    }
    t.ok(restarts > 0, `killed ${restarts} times on the way`)
    await arrived(call)
    t.same(await figuresOf(call), expected)
  },
)

/** The clock moves on by itself within 15 s of a restart. */
async function goesOn(call: ReturnType<typeof callerOf>, from: string): Promise<void> {
  const end = Date.now() + 15_000
  while (Date.now() < end) {
    const { now, status } = await call('GET', '/v1/test-clock')
    if (now !== from || status === 'ready') return
    await sleep(50)
  }
  throw new Error(`the clock still stands at ${from} 15 s after the restart`)
}
