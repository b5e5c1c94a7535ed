import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t from 'tap'
import { createWake } from '../../src/foundation/wake.ts'

const never = new AbortController().signal

t.test(
  'a worker looks again after its interval, also when memory is tidied up meanwhile',
  async (t) => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const wake = createWake()
    let woken = 0
    for (let turn = 0; turn < 20; turn += 1)
      void wake.wait('tasks', 150, never).then(() => (woken += 1))
    for (let turn = 0; turn < 5; turn += 1) {
      collect()
      await sleep(10)
    }
    await sleep(300)
    t.equal(woken, 20)
  },
)

t.test('a call wakes at once, and one that comes while nobody waits is kept', async (t) => {
  const wake = createWake()
  const started = Date.now()
  const waiting = wake.wait('deliveries', 5_000, never)
  wake('fan_out')
  wake('deliveries')
  await waiting
  await wake.wait('fan_out', 5_000, never)
  t.ok(Date.now() - started < 1_000)
})

t.test('the end of the service ends every wait', async (t) => {
  const wake = createWake()
  const end = new AbortController()
  const waiting = wake.wait('tasks', 5_000, end.signal)
  end.abort()
  await waiting
  await wake.wait('tasks', 5_000, end.signal)
  t.pass()
})
