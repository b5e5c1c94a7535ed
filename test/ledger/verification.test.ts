import t from 'tap'
import { type Invariant, invariants } from '../../src/ledger/invariants.ts'
import { verifyTenantLedger } from '../../src/ledger/verify-tenant-ledger.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { testApp } from '../support/app.ts'
import { importStatement } from '../support/bank.ts'
import { clockOf, recordsOf } from '../support/records.ts'
import { endpointFor } from '../support/webhooks.ts'

t.test('the proof finds what was tampered with, and says so to everybody', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set('2026-03-10')
  const customer = await make.customer()
  const invoice = await make.invoice(customer)
  const payment = await make.payment(customer, { amount: 4_000 })
  const note = await make.creditNote(customer, { total_amount: 1_000 })
  const [item] = (await make.invoice(customer)).open_items
  const other = await make.payment(customer, { amount: 3_000, allocate: 'none' })
  await make.refund({ payment_id: other.id })
  await make.payment(customer, {
    amount: 1_000,
    allocations: [{ invoice_id: item.invoice_id, amount: 1_000 }],
  })
  const writeOff = await make.writeOff(item)
  await tenant.api('POST', `/v1/write-offs/${writeOff.id}/recoveries`, {
    payment_id: other.id,
    amount: 500,
  })
  const verify = () => make.get('/v1/ledger/verification')
  const tamper = async (statement: string) => {
    const client = await app.context.workers.pool.connect()
    await client.query('begin')
    await client.query(statement)
    return {
      keep: async () => {
        await client.query('commit')
        client.release()
      },
    }
  }
  t.match(await verify(), {
    object: 'ledger_verification',
    ok: true,
    differences: [],
    checked_at: '2026-03-10T08:00:00.000Z',
  })
  t.same(await verifyTenantLedger(app.context, tenant.uuid), { differences: 0 })
  t.same(await tenant.events('ledger.difference_found'), [])

  await t.test('each kind of amount, one after the other', async (t) => {
    const cases: [string, string, string][] = [
      [
        `update customer_balance set open_amount = open_amount + 1`,
        'update customer_balance set open_amount = open_amount - 1',
        'balance_open_equals_entries',
      ],
      [
        `update customer_balance set unallocated_amount = unallocated_amount + 1`,
        'update customer_balance set unallocated_amount = unallocated_amount - 1',
        'balance_unallocated_equals_entries',
      ],
      [
        `update open_item set open_amount = open_amount + 1, paid_amount = paid_amount - 1 where open_amount > 0`,
        'update open_item set open_amount = open_amount - 1, paid_amount = paid_amount + 1 where open_amount > 0',
        'open_item_equals_entries',
      ],
      [
        `update invoice set open_amount = open_amount + 1 where open_amount > 0`,
        'update invoice set open_amount = open_amount - 1 where open_amount > 0',
        'invoice_open_equals_items',
      ],
      [
        `update invoice set paid_amount = paid_amount + 1`,
        'update invoice set paid_amount = paid_amount - 1',
        'invoice_paid_equals_items',
      ],
      [
        `update payment set allocated_amount = 3999, unallocated_amount = 1 where amount = 4000`,
        'update payment set allocated_amount = 4000, unallocated_amount = 0 where amount = 4000',
        'payment_allocated_equals_allocations',
      ],
      [
        `update payment set unallocated_amount = unallocated_amount - 1, refunded_amount = refunded_amount + 1 where unallocated_amount > 0`,
        `update payment set unallocated_amount = unallocated_amount + 1, refunded_amount = refunded_amount - 1 where unallocated_amount > 0`,
        'payment_refunded_equals_refunds',
      ],
      [
        `update open_item set written_off_amount = written_off_amount + 1, paid_amount = paid_amount - 1 where written_off_amount > 0`,
        `update open_item set written_off_amount = written_off_amount - 1, paid_amount = paid_amount + 1 where written_off_amount > 0`,
        'open_item_written_off_equals_write_offs',
      ],
      [
        `update write_off set recovered_amount = recovered_amount - 1`,
        `update write_off set recovered_amount = recovered_amount + 1`,
        'write_off_recovered_equals_recoveries',
      ],
      [
        `update write_off set amount = amount + 1`,
        `update write_off set amount = amount - 1`,
        'bad_debt_equals_documents',
      ],
      [
        `update refund set status = 'cancelled', cancellation_date = approval_date`,
        `update refund set status = 'approved', cancellation_date = null`,
        'refunds_payable_equals_documents',
      ],
      [
        `update recovery set tax_amount = tax_amount + 1, tax_entry_id = entry_id`,
        `update recovery set tax_amount = tax_amount - 1, tax_entry_id = null`,
        'bad_debt_recovery_equals_documents',
      ],
      [
        `update credit_note set allocated_amount = 1, unallocated_amount = 999`,
        'update credit_note set allocated_amount = 0, unallocated_amount = 1000',
        'credit_note_unallocated_equals_entries',
      ],
    ]
    for (const [harm, heal, check] of cases) {
      await (await tamper(harm)).keep()
      const { ok, differences } = await verify()
      t.equal(ok, false, harm)
      t.ok(
        differences.some((one: { check: string }) => one.check === check),
        `${check} is among ${differences.map((one: { check: string }) => one.check)}`,
      )
      await (await tamper(heal)).keep()
      t.match(await verify(), { ok: true }, 'and is content when it is put right')
    }
  })

  await t.test('the nightly job announces it', async (t) => {
    await (
      await tamper(
        `update open_item set open_amount = 5999, paid_amount = 4001 where open_amount > 0`,
      )
    ).keep()
    t.match(await verifyTenantLedger(app.context, tenant.uuid), { differences: 4 })
    const [event] = await tenant.events('ledger.difference_found')
    t.match(event.data.object, {
      ok: false,
      differences: [
        {
          kind: 'open_item',
          id: invoice.open_items[0].id,
          currency: 'EUR',
          expected_amount: 6_000,
          actual_amount: 5_999,
        },
      ],
    })
  })
  t.ok(payment.id && note.id)
})

t.test('the database itself refuses what could never be true', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  await clockOf(app, tenant).set('2026-03-10')
  const customer = await make.customer()
  await make.invoice(customer)
  await make.payment(customer, { amount: 4_000 })
  for (const [statement, constraint] of [
    ['update open_item set open_amount = -1', /open_item_(amounts_add_up|open_within_total)/],
    ['update open_item set open_amount = 5000', /open_item_amounts_add_up/],
    ['update open_item set paid_amount = -1, open_amount = 10001', /open_item_/],
    ['update invoice set open_amount = 10001', /invoice_open_within_total/],
    [`update invoice set status = 'paid'`, /invoice_status_follows_open/],
    ['update invoice set earliest_open_due_date = null', /invoice_earliest_follows_open/],
    ['update payment set unallocated_amount = 1', /payment_amounts_add_up/],
    [
      'update payment set unallocated_amount = -1, allocated_amount = 4001',
      /payment_unallocated_within_amount/,
    ],
    [`update payment set status = 'reversed'`, /payment_reversed_is_dated/],
    ['update customer_balance set unallocated_amount = -1', /customer_balance_in_range/],
    ['update ledger_entry set amount = 0', /ledger_entry_amount_range/],
    [`update ledger_entry set debit_account = credit_account`, /ledger_entry_two_accounts/],
    [`update ledger_entry set debit_account = 'petty_cash'`, /ledger_entry_debit_account_known/],
    ['update allocation set credit_note_id = payment_id', /allocation_/],
    [`update tenant set clock_target = now(), clock_at = null`, /tenant_target_needs_clock/],
  ] as const)
    await t.rejects(
      app.context.workers.pool.query(statement),
      { code: '23514', constraint },
      statement,
    )
})

t.test('each invariant finds the row that breaks it', async (t) => {
  const app = await testApp(t)
  const tenant = await app.tenant()
  const make = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-10')
  const policy = await make.policy({ levels: [{ level: 1, days: 1, name: 'Reminder' }] })
  await make.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const customer = await make.customer()
  await make.invoice(customer)
  const payment = await make.payment(customer, { amount: 4_000 })
  await tenant.api('POST', '/v1/credit-checks', {
    customer_id: customer.id,
    amount: 100,
    currency: 'EUR',
  })
  await importStatement(tenant, [{ bookingDate: '2026-03-09', amount: 7_700 }])
  await endpointFor(tenant, 'https://example.com/hook')
  await clock.advance('2026-04-14')
  await tenant.api('POST', '/v1/dunning-runs', {})
  await make.invoice(customer)
  await tenant.events()
  await fanOut(app.context)
  const other = await app.tenant()

  const { ok, invariants: checks } = await make.get('/v1/ledger/verification')
  t.ok(ok, JSON.stringify(checks))
  t.same(
    checks.map((check: { invariant: string }) => check.invariant),
    Object.keys(invariants),
  )

  const corruptions: [Invariant, string][] = [
    ['invoice_amounts', `update allocation set amount = amount + 1`],
    ['money_amounts', `update payment set allocated_amount = 3999, unallocated_amount = 1`],
    [
      'entries',
      `update ledger_entry set currency = 'USD' where id = (select id from ledger_entry where item_id is not null limit 1)`,
    ],
    ['balances', 'update customer_balance set open_amount = open_amount + 1'],
    ['statuses', `update invoice set void_date = issue_date`],
    [
      'nothing_lost',
      `delete from ledger_entry where id in (select entry_id from allocation limit 1)`,
    ],
    ['nothing_lost', `delete from feed where position = 3`],
    ['events', `delete from event where entity_kind = 'payment'`],
    ['events', `update payment set version = version + 1`],
    ['dunning', `update dunning_step set from_level = level`],
    [
      'dunning',
      `update ledger_entry set debit_account = 'cash', debit_customer_id = null
       where debit_account = 'receivable' and item_id in (select item_id from dunning_step)`,
    ],
    ['idempotency', `update idempotency_key set status = 503`],
    ['tenants', `update ledger_entry set item_id = gen_random_uuid() where item_id is not null`],
    ['bank_lines', `update bank_line set amount = amount + 1, status = 'ignored'`],
    ['currencies', `update allocation set currency = 'USD'`],
    ['credit', `update credit_check set status = 'approved', outcome = 'deny'`],
    ['job_slots', `update job_run set finished_at = null`],
    ['deliveries', `delete from webhook_queue`],
  ]
  for (const [invariant, corruption] of corruptions) {
    const { harmed, own, foreign } = await corrupted(corruption, invariant)
    t.ok(harmed > 0, `there is something to harm: ${corruption}`)
    t.ok(own > 0, `${invariant} finds: ${corruption}`)
    t.equal(foreign, 0, 'and it is no business of another tenant')
  }
  await app.context.workers.pool.query('update payment set version = version + 1')
  t.match(await make.get('/v1/ledger/verification'), {
    ok: false,
    differences: [],
    invariants: [
      { invariant: 'invoice_amounts', violation_count: 0, examples: [] },
      ...checks.slice(1, 6),
      { invariant: 'events', violation_count: 1, examples: [{ kind: 'payment', id: payment.id }] },
      ...checks.slice(7),
    ],
  })

  for (const [refused, constraint] of [
    [`update invoice set number = null`, /invoice_issued_has_number/],
    [`update invoice set number = '1'`, /invoice_number_unique/],
    [`insert into dunning_step select * from dunning_step limit 1`, /dunning_step_pkey/],
  ] as const)
    await t.rejects(app.context.workers.pool.query(refused), { message: constraint }, refused)

  /** Harms the database, looks at it as the application does for a tenant and for another, and takes the harm back. */
  async function corrupted(corruption: string, invariant: Invariant) {
    const client = await app.context.workers.pool.connect()
    const violations = async (tenantUuid: string): Promise<number> => {
      await client.query(`select set_config('app.tenant_id', '${tenantUuid}', true)`)
      return (await client.query(`select from invariant_${invariant}`)).rowCount ?? 0
    }
    try {
      await client.query('begin')
      const { rowCount: harmed } = await client.query(corruption)
      await client.query('set local role receivables_app')
      const [own, foreign] = [await violations(tenant.uuid), await violations(other.uuid)]
      return { harmed: harmed ?? 0, own, foreign }
    } finally {
      await client.query('rollback')
      client.release()
    }
  }
})
