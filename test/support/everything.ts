import { followTenant } from '../../src/credit/monitoring/follow-feed.ts'
import { sequenceTenant } from '../../src/events/sequence-events.ts'
import { fanOut } from '../../src/webhooks/fan-out.ts'
import type { TestApp, TestTenant } from './app.ts'
import { importStatement } from './bank.ts'
import { debitsOf } from './debits.ts'
import { accepted, clockOf, recordsOf } from './records.ts'
import { reserved } from './reservations.ts'

export const csvMappingBody = {
  name: 'Bank',
  date_format: 'DD.MM.YYYY',
  decimal_sign: ',',
  columns: { booking_date: 'Tag', amount: 'Betrag', remittance: ['Zweck'] },
  account: 'DE89370400440532013000',
  currency: 'EUR',
}

export const importMappingBody = {
  name: 'Old ERP',
  resource: 'customers',
  columns: [{ column: 'Name', field: 'name' }],
}

export const report = { provider: 'Creditreform', report_date: '2026-02-20', score: 60 }
export const reference = { referee: 'Stahlhandel KG', reference_date: '2026-02-20', rating: 80 }

/** One of everything in a tenant, by the collection it is found in. */
export async function oneOfEverything(
  app: TestApp,
  tenant: TestTenant,
): Promise<Record<string, string>> {
  const records = recordsOf(tenant)
  const clock = clockOf(app, tenant)
  await clock.set('2026-03-02')
  const endpoint = accepted(
    await tenant.api('POST', '/v1/webhook-endpoints', {
      url: 'http://127.0.0.1:9/',
      event_types: ['*'],
    }),
  )
  const policy = await records.policy({
    levels: [{ level: 1, days: 5, name: 'Reminder', fees: [{ currency: 'EUR', amount: 500 }] }],
  })
  await records.patch('/v1/tenant', { dunning_policy_id: policy.id })
  const customerClass = accepted(
    await tenant.api('POST', '/v1/customer-classes', { code: 'A', name: 'A' }),
  )
  const customer = await records.customer({ customer_class_id: customerClass.id })
  const invoice = await records.invoice(customer, { due_date: '2026-03-05' })
  const payment = await records.payment(customer, { amount: 5_000 })
  const creditNote = await records.creditNote(customer, {
    total_amount: 1_000,
    invoice_id: invoice.id,
  })
  const spare = await records.payment(customer, { amount: 2_000, allocate: 'none' })
  const refund = await records.refund({ payment_id: spare.id })
  const [lost] = (await records.invoice(customer, { due_date: '2026-06-01' })).open_items
  const writeOff = await records.writeOff(lost)
  const [later] = (await records.invoice(customer, { due_date: '2026-06-01' })).open_items
  const deferral = accepted(
    await tenant.api('POST', '/v1/deferrals', {
      item_id: later.id,
      due_date: '2099-12-31',
      reason: 'later',
    }),
  )
  const { recoveries } = accepted(
    await tenant.api('POST', `/v1/write-offs/${writeOff.id}/recoveries`, {
      payment_id: spare.id,
      amount: 500,
    }),
  )
  const debits = debitsOf(tenant)
  await debits.settings()
  const payer = await records.customer()
  await records.invoice(payer, { due_date: '2026-03-20' })
  const mandate = await debits.mandate(payer)
  const batch = await debits.batch('2026-03-20')
  const [line] = await importStatement(tenant, [{ bookingDate: '2026-03-02', amount: 77 }])
  const csvMapping = accepted(await tenant.api('POST', '/v1/csv-mappings', csvMappingBody))
  const [debit] = await debits.debitsIn(batch)
  await clock.advance('2026-03-12')
  const hold = await records.hold({ customer_id: customer.id })
  const migration = accepted(
    await tenant.api('POST', `/v1/dunning-policies/${policy.id}/migrations`, {}),
  )
  const simulation = accepted(
    await tenant.api('POST', '/v1/dunning-simulations', {
      from_date: '2026-03-01',
      to_date: '2026-03-02',
      policies: [{ policy_id: policy.id }],
    }),
  )
  const task = await records.task({ customer_id: customer.id })
  const activity = await records.activity({ customer_id: customer.id })
  const creditHold = await records.creditHold(customer)
  const creditLimit = await records.creditLimit(customer, { request: true })
  const creditGroup = await records.creditGroup(customer)
  const onboardingCheck = accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/onboarding-checks`, {
      kind: 'identity',
      result: 'passed',
      done_by: 'Anna Weber',
      done_date: '2026-03-01',
    }),
  )
  const exchangeRate = await records.exchangeRate()
  const order = await records.order(customer)
  const reservation = await reserved(app, tenant, customer, { externalId: 'PO-2' })
  const run = (await records.get('/v1/dunning-runs')).data[0]
  const [decision] = (await records.get(`/v1/dunning-runs/${run.id}/decisions`)).data
  const notice = (await records.get('/v1/dunning-notices')).data[0]
  const creditCheck = accepted(
    await tenant.api('POST', '/v1/credit-checks', {
      customer_id: customer.id,
      amount: 1,
      currency: 'EUR',
    }),
  )
  const creditReview = accepted(
    await tenant.api('POST', '/v1/credit-reviews', { customer_id: customer.id }),
  )
  const limited = await records.customer()
  await records.creditLimit(limited, { amount: 0 })
  await records.order(limited)
  await sequenceTenant(app.context, tenant.uuid)
  await followTenant(app.context, tenant.uuid, new AbortController().signal)
  const [creditAlert] = (await records.get('/v1/credit-alerts')).data
  const creditReport = accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/credit-reports`, report),
  )
  const tradeReference = accepted(
    await tenant.api('POST', `/v1/customers/${customer.id}/trade-references`, reference),
  )
  const charge = (await records.get('/v1/charges')).data[0]
  const key = accepted(
    await tenant.api('POST', '/v1/api-keys', { name: 'Second', scopes: ['events:read'] }),
  )
  const imported = accepted(
    await tenant.api('POST', '/v1/imports', { resource: 'customers', items: [{ name: 'B' }] }),
  )
  const simulated = accepted(
    await tenant.api('POST', '/v1/simulators/order_arrives/run', {
      customer_id: customer.id,
      amount: 1,
      run_at: '2099-01-01T09:00:00Z',
    }),
  )
  const filled = await app.tenant({ time_zone: 'UTC' })
  const loaded = accepted(await filled.api('POST', '/v1/fixtures/empty_company/load', {}))
  const importMapping = accepted(await tenant.api('POST', '/v1/import-mappings', importMappingBody))
  const [event] = await tenant.events()
  await fanOut(app.context)
  const delivery = (await records.get(`/v1/webhook-endpoints/${endpoint.id}/deliveries`)).data[0]
  const recovery = accepted(
    await tenant.api('POST', `/v1/webhook-endpoints/${endpoint.id}/recover`, {
      since: new Date(Date.now() - 60_000).toISOString(),
    }),
  )
  return {
    customers: customer.id,
    'customer-classes': customerClass.id,
    invoices: invoice.id,
    items: invoice.open_items[0].id,
    payments: payment.id,
    allocations: payment.allocations[0].id,
    'credit-notes': creditNote.id,
    refunds: refund.id,
    deferrals: deferral.id,
    'write-offs': writeOff.id,
    recoveries: recoveries[0].id,
    mandates: mandate.id,
    'direct-debits': debit.id,
    'debit-batches': batch.id,
    'open-items': invoice.open_items[0].id,
    'bank-lines': line.id,
    'bank-accounts': line.bank_account_id,
    'bank-statements': line.bank_statement_id,
    'csv-mappings': csvMapping.id,
    'dunning-policies': policy.id,
    tasks: task.id,
    activities: activity.id,
    'credit-holds': creditHold.id,
    'credit-checks': creditCheck.id,
    'credit-reviews': creditReview.id,
    'credit-alerts': creditAlert.id,
    'credit-reports': creditReport.id,
    'trade-references': tradeReference.id,
    'credit-limits': creditLimit.id,
    'credit-groups': creditGroup.id,
    'onboarding-checks': onboardingCheck.id,
    approvals: creditLimit.approval_id,
    'exchange-rates': exchangeRate.id,
    'orders-on-hand': order.id,
    reservations: reservation.id,
    'dunning-holds': hold.id,
    'dunning-migrations': migration.id,
    'dunning-runs': run.id,
    'dunning-simulations': simulation.id,
    'dunning-decisions': decision.id,
    'dunning-notices': notice.id,
    charges: charge.id,
    'webhook-endpoints': endpoint.id,
    'webhook-recoveries': recovery.id,
    deliveries: delivery.id,
    'api-keys': key.id,
    imports: imported.id,
    'simulator-runs': simulated.id,
    'fixture-loads': loaded.id,
    'import-mappings': importMapping.id,
    events: event.id,
  }
}
