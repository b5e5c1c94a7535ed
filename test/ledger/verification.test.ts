import t from 'tap'
import { sealTenant } from '../../src/audit/seal-events.ts'
import { type Invariant, invariants } from '../../src/ledger/invariants.ts'
import { verifyTenantLedger } from '../../src/ledger/verify-tenant-ledger.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import { testApp } from '../support/app.ts'
import { importFile, importStatement } from '../support/bank.ts'
import { camt053 } from '../support/camt.ts'
import { accepted, clockOf, recordsOf } from '../support/records.ts'
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

t.test(
  'a slot of a job that is missing is found, of a tenant that lives in real time',
  async (t) => {
    const app = await testApp(t)
    const tenant = await app.tenant({ mode: 'live' })
    const { pool } = app.context.workers
    const holes = async () =>
      (
        await pool.query(`select id from invariant_job_slots where tenant_id = $1 order by id`, [
          tenant.uuid,
        ])
      ).rows.map(({ id }) => id)
    const did = (daysAgo: number) =>
      pool.query(
        `insert into job_run (tenant_id, job, slot, status, finished_at)
       select tenant_id, 'verify_ledger', (next_at at time zone 'Europe/Berlin')::date - $2::int, 'done', now()
       from schedule where tenant_id = $1 and job = 'verify_ledger' returning slot::text`,
        [tenant.uuid, daysAgo],
      )
    const [{ slot }] = (await did(4)).rows
    t.same(await holes(), [`verify_ledger ${slot}`], 'the days up to the next slot are missing')
    await did(1)
    t.same(await holes(), [`verify_ledger ${slot}`], 'two days are missing between')
    await did(2)
    await did(3)
    t.same(await holes(), [])
  },
)

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
  await make.creditPolicy()
  await make.creditLimit(customer)
  for (const amount of [100, 200])
    accepted(
      await tenant.api('POST', '/v1/credit-checks', {
        customer_id: customer.id,
        amount,
        currency: 'EUR',
        reserve: { ttl_seconds: 86_400 * 60 },
      }),
    )
  const denied = accepted(
    await tenant.api('POST', '/v1/credit-checks', {
      customer_id: customer.id,
      amount: 90_000_000,
      currency: 'EUR',
    }),
  )
  accepted(
    await tenant.api('POST', `/v1/credit-checks/${denied.id}/release`, {
      role: 'head_of_credit',
      reason: 'a good customer',
      valid_until: '2026-03-20T00:00:00Z',
    }),
  )
  await importStatement(tenant, [{ bookingDate: '2026-03-09', amount: 7_700 }])
  const later = [{ bookingDate: '2026-03-11', amount: 1_300 }]
  const opening = { id: 'later', iban: 'DE89370400440532013000', openingAmount: 9_900 }
  await importFile(tenant, camt053(later, opening))
  const [item] = (await make.invoice(customer)).open_items
  const free = await make.payment(customer, { amount: 3_000, allocate: 'none' })
  await make.refund({ payment_id: free.id })
  const writeOff = await make.writeOff(item)
  accepted(
    await tenant.api('POST', `/v1/write-offs/${writeOff.id}/recoveries`, {
      payment_id: free.id,
      amount: 500,
    }),
  )
  await make.invoice(customer, {
    early_payment_discounts: [{ days: 20, percent: '2' }],
    total_amount: 50_000,
  })
  await make.payment(customer, { amount: 49_000 })
  await endpointFor(tenant, 'https://example.com/hook')
  await clock.advance('2026-04-14')
  await tenant.api('POST', '/v1/dunning-runs', {})
  await make.invoice(customer)
  await tenant.events()
  await fanOut(app.context)
  await sealTenant(app.context, tenant.uuid, new AbortController().signal)
  await make.customer()
  await tenant.events()
  await sealTenant(app.context, tenant.uuid, new AbortController().signal)
  const other = await app.tenant()
  await other.events()

  const { ok, invariants: checks } = await make.get('/v1/ledger/verification')
  t.ok(ok, JSON.stringify(checks))
  t.same(
    checks.map((check: { invariant: string }) => check.invariant),
    Object.keys(invariants),
  )

  const corruptions: [Invariant, string][] = [
    ['invoice_amounts', `update allocation set amount = amount + 1`],
    [
      'money_amounts',
      `update payment set allocated_amount = 3999, unallocated_amount = 1 where amount = 4000`,
    ],
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
    ['nothing_lost', `delete from ledger_entry where id in (select entry_id from deduction)`],
    ['nothing_lost', `delete from ledger_entry where id in (select approval_entry_id from refund)`],
    ['nothing_lost', `update write_off set entry_id = gen_random_uuid()`],
    ['nothing_lost', `update recovery set undo_date = recovery_date`],
    ['nothing_lost', `delete from feed where position = 1 and tenant_id = '${tenant.uuid}'`],
    ['nothing_lost', `delete from feed where position = 3`],
    [
      'nothing_lost',
      `delete from feed where position = (select max(position) from feed) and tenant_id = '${tenant.uuid}'`,
    ],
    ['nothing_lost', `delete from audit_block where number = 1`],
    ['nothing_lost', `delete from audit_block where number = 2`],
    ['nothing_lost', `update audit_block set previous_hash = hash where number = 2`],
    [
      'nothing_lost',
      `update audit_block set event_hashes = set_byte(event_hashes, 40, 255 - get_byte(event_hashes, 40)) where number = 1`,
    ],
    ['nothing_lost', `update audit_block set sealed_at = sealed_at + interval '1 second'`],
    ['events', `delete from event where entity_kind = 'payment'`],
    ['events', `update payment set version = version + 1`],
    ['dunning', `update dunning_step set from_level = level`],
    [
      'dunning',
      `update ledger_entry set debit_account = 'cash', debit_customer_id = null
       where debit_account = 'receivable' and item_id in (select item_id from dunning_step)`,
    ],
    ['idempotency', `update idempotency_key set status = 503`],
    ['idempotency', `insert into idempotency_key select * from idempotency_key`],
    ['tenants', `update ledger_entry set item_id = gen_random_uuid() where item_id is not null`],
    ['tenants', `update ledger_entry set source_id = gen_random_uuid()`],
    ['tenants', `update allocation set customer_id = gen_random_uuid()`],
    ['tenants', `update allocation set invoice_id = gen_random_uuid()`],
    ['tenants', `update write_off set invoice_id = gen_random_uuid()`],
    ['tenants', `update dunning_step set item_id = gen_random_uuid()`],
    ['tenants', `update dunning_decision set run_id = gen_random_uuid()`],
    ['tenants', `update dunning_state set customer_id = gen_random_uuid()`],
    ['tenants', `update payment set bank_line_id = gen_random_uuid() where amount = 4000`],
    ['tenants', `update reservation set check_id = gen_random_uuid()`],
    ['tenants', `update feed set customer_id = gen_random_uuid() where customer_id is not null`],
    ['bank_lines', `update bank_line set amount = amount + 1, status = 'ignored'`],
    ['bank_lines', `delete from bank_sighting`],
    ['bank_lines', `update bank_statement set entry_count = entry_count + 1`],
    ['bank_lines', `update bank_statement set closing_amount = closing_amount + 1`],
    ['bank_lines', `update bank_statement set continuity = 'continuous' where continuity = 'gap'`],
    ['currencies', `update allocation set currency = 'USD'`],
    ['currencies', `update invoice set currency = 'USD'`],
    ['currencies', `update refund set currency = 'USD'`],
    ['currencies', `update write_off set currency = 'USD'`],
    ['currencies', `update recovery set currency = 'USD'`],
    [
      'currencies',
      `update ledger_entry set currency = 'USD' where id in (select entry_id from deduction)`,
    ],
    ['credit', `update credit_check set outcome = 'deny' where status = 'approved'`],
    ['credit', `update credit_override set reason = ' '`],
    [
      'credit',
      `update credit_check set exposure = jsonb_set(exposure, '{amount}', '5000000') where status = 'approved'`,
    ],
    ['credit', `update credit_limit set amount = amount + 1`],
    ['credit', `update reservation set amount = amount + 1`],
    [
      'credit',
      `update credit_check set snapshot = (select snapshot from credit_check where reservation_id is not null order by decided_tx limit 1)`,
    ],
    ['job_slots', `update job_run set finished_at = null`],
    ['deliveries', `delete from webhook_queue`],
  ]
  for (const [invariant, corruption] of corruptions) {
    const { harmed, own, foreign } = await corrupted(corruption, invariant)
    t.ok(harmed > 0, `there is something to harm: ${corruption}`)
    t.ok(own > 0, `${invariant} finds: ${corruption}`)
    t.equal(foreign, 0, 'and it is no business of another tenant')
  }
  await app.context.workers.pool.query(
    'update payment set version = version + 1 where amount = 4000',
  )
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
      if (invariant === 'idempotency')
        await client.query('alter table idempotency_key drop constraint idempotency_key_pkey')
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
