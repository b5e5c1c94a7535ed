import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { type RunJob, workSlot } from '../../src/foundation/jobs/run-slot.ts'
import { runDueSlots } from '../../src/foundation/jobs/tick.ts'
import { jobs } from '../../src/schedule.ts'
import { appOn, type TestApp, type TestTenant, testApp } from '../support/app.ts'
import { auditBooks } from '../support/books.ts'
import { report, rung, sizeOf } from '../support/certify.ts'
import { testDatabase } from '../support/database.ts'
import { inParallel } from '../support/in-parallel.ts'
import { until } from '../support/receiver.ts'
import { recordsOf } from '../support/records.ts'
import { startService } from '../support/service.ts'

const app = await testApp(t)
const replica = await appOn(t, String(app.context.api.pool.options.connectionString))
const forever = new AbortController().signal
const { pool } = app.context.workers

/** As if so many hours had passed since somebody looked. */
const becomeDue = (hours = 1) =>
  pool.query(`update schedule set next_at = now() - $1 * interval '1 hour', lease_until = null`, [
    hours,
  ])
const runsOf = async ({ uuid }: TestTenant) =>
  (
    await pool.query(
      `select job, slot::text as slot, status, attempt, reason from job_run where tenant_id = $1 order by job, slot`,
      [uuid],
    )
  ).rows

const lateTenant = () => lateTenantOf(app)

/** A tenant in real time with one invoice that has been late for two days. */
async function lateTenantOf(app: TestApp) {
  const tenant = await app.tenant({ mode: 'live', time_zone: 'UTC' })
  const make = recordsOf(tenant)
  const policy = await make.policy({ levels: [{ level: 1, days: 1, name: 'One' }] })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const due_date = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10)
  await make.invoice(await make.customer(), { issue_date: '2026-01-01', due_date })
  return tenant
}

t.test('ten schedulers on two replicas run each due slot once', async (t) => {
  const count = sizeOf({ slice: 8, certify: 334, certification: 3_340 })
  const slots = count * Object.keys(jobs).length
  const tenants = await inParallel(8, Array<typeof lateTenant>(count).fill(lateTenant))
  await becomeDue()
  const counts = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      runDueSlots((n % 2 === 0 ? app : replica).context, jobs, forever),
    ),
  )
  t.equal(
    counts.reduce((total, count) => total + count, 0),
    slots,
    counts.join(' '),
  )
  const { rows } = await pool.query(
    `select count(*) filter (where status = 'done')::int as done, count(*) filter (where attempt > 1)::int as again from job_run`,
  )
  await report({
    suite: 'T-sched',
    goal: `10 schedulers × ${slots} slots: each ends once`,
    seen: `${rows[0].done} done, ${rows[0].again} of them begun again`,
    met: rows[0].done === slots && rows[0].again === 0,
  })
  for (const tenant of tenants.slice(0, 50)) {
    const runs = await runsOf(tenant)
    t.match(
      runs.filter(({ status }) => status !== 'skipped'),
      [
        { job: 'announce_overdue', status: 'done', attempt: 1 },
        { job: 'collect_debits', status: 'done', attempt: 1 },
        { job: 'credit_night', status: 'done', attempt: 1 },
        { job: 'dunning_run', status: 'done', attempt: 1 },
        { job: 'lapse_mandates', status: 'done', attempt: 1 },
        { job: 'verify_ledger', status: 'done', attempt: 1 },
      ],
    )
    t.equal((await tenant.events('invoice.overdue')).length, 1)
    t.equal((await tenant.events('dunning.level_changed')).length, 1)
    t.same(await auditBooks(app.context, tenant.uuid), [])
  }
  t.equal(await runDueSlots(app.context, jobs, forever), 0, 'and nothing is due any more')
})

const skip = rung === 'slice' && 'tried by npm run certify'

t.test(
  'a replica that stands still for two minutes loses its work, and knows',
  { skip },
  async (t) => {
    const { url } = await testDatabase(t)
    const app = await appOn(t, url)
    const { pool } = app.context.workers
    const tenants = await inParallel(
      8,
      Array.from({ length: 120 }, () => () => lateTenantOf(app)),
    )
    await pool.query(`update schedule set next_at = now() - interval '1 hour'`)
    const statuses = async () => {
      const { rows } = await pool.query<{ status: string; count: number }>(
        `select status, count(*)::int as count from job_run where status <> 'skipped' group by status`,
      )
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
    }
    const slots = tenants.length * Object.keys(jobs).length
    const frozen = await startService(t, { databaseUrl: url })
    await until(async () => Object.keys(await statuses()).length > 0, 60_000)
    process.kill(frozen.pid() as number, 'SIGSTOP')
    const began = await statuses()
    await startService(t, { databaseUrl: url })
    await until(async () => (await statuses()).done === slots, 110_000)
    await sleep(sizeOf({ slice: 0, certify: 120_000, certification: 600_000 }))
    process.kill(frozen.pid() as number, 'SIGCONT')
    await sleep(15_000)

    const done = (await statuses()).done ?? 0
    const { rows: lifted } = await pool.query(
      `select item_id from dunning_step group by item_id having count(*) <> 1`,
    )
    const wrong = (
      await inParallel(
        4,
        tenants.map((tenant) => () => auditBooks(app.context, tenant.uuid)),
      )
    ).flat()
    t.equal(done, slots)
    t.same(lifted, [])
    t.same(wrong, [])
    await report({
      suite: 'T-sched',
      goal: 'a replica stopped for 120 s amid its work: each slot ends once, no claim is reminded twice',
      seen: `stopped with ${JSON.stringify(began)}; ${done} of ${slots} done, ${lifted.length} claims not reminded once`,
      met: done === slots && lifted.length === 0 && wrong.length === 0,
    })
  },
)

t.test('a slot that is done is not done again, however often it looks due', async (t) => {
  const tenant = await lateTenant()
  for (let time = 0; time < 3; time += 1) {
    await becomeDue()
    await runDueSlots(app.context, jobs, forever)
  }
  t.equal((await runsOf(tenant)).filter(({ status }) => status === 'done').length, 6)
  t.equal((await tenant.events('dunning.level_changed')).length, 1)
})

t.test(
  'days that passed while nobody looked are recorded, and the current one stands for them',
  async (t) => {
    const tenant = await lateTenant()
    await becomeDue(30 * 24)
    await runDueSlots(app.context, jobs, forever)
    const runs = (await runsOf(tenant)).filter(({ job }) => job === 'dunning_run')
    t.equal(runs.filter(({ status }) => status === 'done').length, 1)
    t.ok(
      runs.filter(({ status, reason }) => status === 'skipped' && /down/.test(reason)).length >= 29,
      `${runs.length} rows`,
    )
    const lifted = (await tenant.events('dunning.level_changed')).length
    t.equal(lifted, 1, 'one level, not thirty runs')
    await report({
      suite: 'T-sched',
      goal: 'a gap of 30 days: one run, one level, every day of it accounted for',
      seen: `${runs.length} slots, ${lifted} level`,
      met: lifted === 1 && runs.length >= 30,
    })
  },
)

t.test('a slot that is passed over is accounted for', async (t) => {
  const offset = 12 - new Date().getUTCHours()
  const noon = `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
  const today = (days = 0) =>
    new Date(Date.now() + (offset + days * 24) * 3_600_000).toISOString().slice(0, 10)
  const holes = async (uuid: string) =>
    (await pool.query(`select id from invariant_job_slots where tenant_id = $1`, [uuid])).rows
  const dunning = async (tenant: TestTenant) =>
    (await runsOf(tenant)).filter(({ job }) => job === 'dunning_run')
  const nothing: RunJob = async () => ({})

  await t.test('because its hour was put where it had been already', async (t) => {
    const tenant = await app.tenant({ mode: 'live', time_zone: noon, dunning_time: '18:00' })
    await becomeDue(24)
    await runDueSlots(app.context, jobs, forever)
    t.match(await dunning(tenant), [{ slot: today(-1), status: 'done' }])
    await recordsOf(tenant).patch('/v1/tenant', { dunning_time: '06:00' })
    t.match(await dunning(tenant), [
      { slot: today(-1), status: 'done' },
      { slot: today(), status: 'skipped', reason: /hour had passed/ },
    ])
    t.same(await holes(tenant.uuid), [])
  })

  await t.test('because the one before lasted until after it', async (t) => {
    const tenant = await app.tenant({ mode: 'live', time_zone: noon, dunning_time: '06:00' })
    const slot = today(-2)
    await becomeDue(50)
    await pool.query(
      `insert into job_run (tenant_id, job, slot, status) values ($1, 'dunning_run', $2, 'running')`,
      [tenant.uuid, slot],
    )
    const begun = { job: 'dunning_run', slot, attempt: 1 } as const
    await workSlot(app.context, tenant.uuid, begun, nothing, forever, async () => undefined)
    t.match(await dunning(tenant), [
      { slot, status: 'done' },
      { slot: today(-1), status: 'skipped', reason: /hour had passed/ },
      { slot: today(), status: 'skipped', reason: /hour had passed/ },
    ])
    t.same(await holes(tenant.uuid), [])
  })
})

t.test(
  'a job that fails is recorded and tried again; one whose worker died is taken over',
  async (t) => {
    const tenant = await lateTenant()
    await becomeDue()
    let broken = true
    const breaking = {
      ...jobs,
      dunning_run: async (run: Parameters<typeof jobs.dunning_run>[0]) => {
        if (broken && run.tenantId === tenant.uuid) throw new Error('out of paper')
        return jobs.dunning_run(run)
      },
    }
    app.context.log.level = 'silent'
    await runDueSlots(app.context, breaking, forever)
    const dunning = async () =>
      (await runsOf(tenant)).filter(
        ({ job, status }) => job === 'dunning_run' && status !== 'skipped',
      )
    t.match(await dunning(), [{ status: 'failed', attempt: 1, reason: 'out of paper' }])
    await recordsOf(tenant).patch('/v1/tenant', { dunning_time: '06:01' })
    t.equal(await runDueSlots(replica.context, breaking, forever), 0, 'not at once')
    await pool.query(
      "update schedule set lease_until = now() - interval '1 second' where lease_until is not null",
    )
    broken = false
    await runDueSlots(replica.context, breaking, forever)
    t.match(
      await dunning(),
      [{ status: 'done', attempt: 2, reason: null }],
      'though the hour of its job was changed meanwhile',
    )

    const other = await lateTenant()
    await becomeDue()
    await pool.query(
      `insert into job_run (tenant_id, job, slot, status) select tenant_id, job, case when job = 'announce_overdue' or (now() at time zone 'UTC')::time >= '06:00' then (now() at time zone 'UTC')::date else (now() at time zone 'UTC')::date - 1 end, 'running' from schedule where tenant_id = $1 and job <> 'verify_ledger'`,
      [other.uuid],
    )
    await runDueSlots(replica.context, jobs, forever)
    const [done] = (await runsOf(other)).filter(
      ({ job, status }) => job === 'dunning_run' && status !== 'skipped',
    )
    t.match(done, { status: 'done', attempt: 2 })
    t.equal((await other.events('dunning.level_changed')).length, 1)
  },
)
