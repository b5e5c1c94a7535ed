import t from 'tap'
import { testApp } from '../../support/app.ts'
import { essence, linesOf, samples, samplesOf, sendFile } from './support.ts'
import { zipOf } from './zip.ts'

/** Files nobody can read: one without a statement, and a template whose amounts are still to be filled in. */
const UNREADABLE: Record<string, string> = {
  'genkgo-camt053.v2.wrong.xml': 'no_statement',
  'srcamt053-001.14-statement.xml': 'value_invalid',
}

if (samples === undefined) t.plan(0, 'SAMPLE_DATA_DIR does not say where the samples are')
else await allSamples()

async function allSamples() {
  const app = await testApp(t)
  const files = [...samplesOf('camt'), ...samplesOf('mt940')]

  t.test('every sample is imported as its index says, or refused for a reason', async (t) => {
    t.ok(files.length > 60)
    for (const { name, bytes, index } of files) {
      const tenant = await app.tenant()
      const { status, body } = await sendFile(tenant, bytes)
      const refusal = UNREADABLE[name]
      if (refusal !== undefined) {
        t.match({ status, body }, { status: 422, body: { reason: refusal, line: Number } }, name)
        continue
      }
      t.equal(status, 201, `${name} ${JSON.stringify(body)}`)
      const { statements } = body
      const sum = (of: string) =>
        // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
        statements.reduce((total: number, one: any) => total + one[of], 0)
      const balanced = (verdict: boolean) =>
        statements.filter((one: { balanced: boolean }) => one.balanced === verdict).length
      const isCamt = index.message !== undefined
      const currencies = isCamt
        ? new Set((await linesOf(tenant)).map((line) => line.currency))
        : new Set(statements.map((one: { currency: string }) => one.currency))
      t.same(
        {
          statements: statements.length,
          entries: sum('entry_count'),
          ...(isCamt ? { details: sum('detail_count') } : {}),
          currencies:
            sum('not_booked_count') === sum('entry_count')
              ? index.currencies
              : [...currencies].sort().join(' '),
          ok: isCamt ? (balanced(true) > 0 && balanced(false) === 0 ? 1 : 0) : balanced(true),
          differs: isCamt ? Math.min(1, balanced(false)) : balanced(false),
        },
        {
          statements: Number(index.statements),
          entries: Number(index.entries ?? index.lines),
          ...(isCamt ? { details: Number(index.details) } : {}),
          currencies: index.currencies,
          ok: isCamt ? Number(index.balance_check === 'ok') : Number(index.balance_ok),
          differs: isCamt
            ? Number(index.balance_check === 'differs')
            : Number(index.balance_differs),
        },
        name,
      )
      t.equal(body.line_count, body.new_line_count + body.duplicate_count, name)
    }
  })

  t.test('importing everything three times, in any order, gives the same lines', async (t) => {
    const readable = files.filter(({ name }) => UNREADABLE[name] === undefined)
    const inOrder = await app.tenant()
    for (const { bytes } of readable) await sendFile(inOrder, bytes)
    const once = (await linesOf(inOrder)).map(essence).sort()

    const shuffled = await app.tenant()
    for (let round = 0; round < 3; round += 1) {
      const zip = zipOf(readable.toSorted(() => Math.random() - 0.5))
      const { status, body } = await sendFile(shuffled, zip)
      t.equal(status, 201, JSON.stringify(body.detail))
      t.equal(body.new_line_count > 0, round === 0)
    }
    t.same((await linesOf(shuffled)).map(essence).sort(), once)
    t.ok(once.length > 1_000)
  })
}
