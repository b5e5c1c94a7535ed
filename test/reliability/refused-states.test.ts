import pg from 'pg'
import t from 'tap'
import { testApp } from '../support/app.ts'
import { report } from '../support/certify.ts'
import { oneOfEverything } from '../support/everything.ts'
import { recordsOf } from '../support/records.ts'

/**
 * What the code never does, done to the database as the code could: under the application's role, for the right
 * tenant. The database itself must refuse every wrong state, and every row of another tenant.
 */

const REFUSED_BY_GRANT = '42501'
const REFUSED_BY_CHECK = '23514'
const REFUSED_BY_REFERENCE = '23503'
const REFUSED_BY_UNIQUENESS = '23505'
const REFUSED_BY_NULL = '23502'

const app = await testApp(t, { WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8' })
const tenant = await app.tenant({ time_zone: 'UTC' })
const other = await app.tenant({ time_zone: 'UTC' })
await oneOfEverything(app, tenant)
await recordsOf(other).invoice(await recordsOf(other).customer())

const pool = new pg.Pool({ connectionString: app.context.api.pool.options.connectionString })
pool.on('error', () => undefined)
t.teardown(() => pool.end())

/** Does something as the application would for a tenant, and takes it back. Answers the SQLSTATE of a refusal. */
async function attempted(
  statement: string,
  { as = tenant.uuid, values = [] as unknown[] } = {},
): Promise<{ code: string | undefined; rowCount: number }> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(
      `select set_config('role', 'receivables_app', true), set_config('app.tenant_id', $1, true)`,
      [as],
    )
    const { rowCount } = await client.query(statement, values)
    // What is only judged at the end of the transaction is judged now.
    await client.query('set constraints all immediate')
    return { code: undefined, rowCount: rowCount ?? 0 }
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error), rowCount: 0 }
  } finally {
    await client.query('rollback')
    client.release()
  }
}

/** A row of a table once more, with some of it changed; its id is new unless the change says otherwise. */
const again = (table: string, changes: Record<string, string> = {}): string => {
  const object = Object.entries(changes).map(([column, value]) => `'${column}', ${value}`)
  return `insert into ${table} select changed.* from (select * from ${table} limit 1) as row,
    jsonb_populate_record(null::${table}, to_jsonb(row) || jsonb_build_object(${object.join(', ')})) as changed`
}
const otherwise = (table: string, change: string, where = 'true'): string =>
  `update ${table} set ${change} where ${where}`
const NEW = 'gen_random_uuid()'

/** What the database must refuse, by what refuses it. */
const wrong: Record<string, Record<string, string>> = {
  [REFUSED_BY_CHECK]: {
    'an invoice of less than nothing': otherwise('invoice', 'total_amount = -1'),
    'an invoice of nothing': otherwise('invoice', 'total_amount = 0, open_amount = 0'),
    'an invoice beyond what JSON can say': otherwise('invoice', 'total_amount = 9007199254740992'),
    'an invoice with more open than it had': otherwise('invoice', 'open_amount = total_amount + 1'),
    'an invoice with less than nothing open': otherwise('invoice', 'open_amount = -1'),
    'a paid invoice with something open': otherwise(
      'invoice',
      `status = 'paid'`,
      'open_amount > 0',
    ),
    'an issued invoice with nothing open': otherwise(
      'invoice',
      'open_amount = 0, earliest_open_due_date = null',
      `status = 'issued'`,
    ),
    'an issued invoice without a number': otherwise(
      'invoice',
      'number = null',
      `status = 'issued'`,
    ),
    'an invoice of a state nobody knows': otherwise('invoice', `status = 'lost'`),
    'a deposit used beyond its total': otherwise(
      'invoice',
      `kind = 'deposit', deposit_used_amount = total_amount + 1`,
    ),
    'an invoice received before it was issued': otherwise(
      'invoice',
      'received_date = issue_date - 1',
    ),
    'an item whose parts do not add up': otherwise('open_item', 'paid_amount = paid_amount + 1'),
    'an item with more open than its total': otherwise(
      'open_item',
      'open_amount = total_amount + 1',
    ),
    'an item with less than nothing paid': otherwise(
      'open_item',
      'paid_amount = -1, open_amount = open_amount + paid_amount + 1',
      'paid_amount = 0 and open_amount < total_amount',
    ),
    'an item of less than nothing': otherwise('open_item', 'total_amount = -1, open_amount = -1'),
    'an item of an invoice that is waived': otherwise(
      'open_item',
      'waived_amount = open_amount, open_amount = 0',
      `kind = 'invoice' and open_amount > 0`,
    ),
    'an item of an invoice without one': otherwise(
      'open_item',
      'invoice_id = null',
      `kind = 'invoice'`,
    ),
    'a payment of nothing': otherwise('payment', 'amount = 0'),
    'a payment of less than nothing': otherwise('payment', 'amount = -1'),
    'a payment of which more is allocated than came': otherwise(
      'payment',
      'allocated_amount = allocated_amount + amount',
      `status = 'received'`,
    ),
    'a payment with less than nothing left': otherwise(
      'payment',
      'unallocated_amount = unallocated_amount - amount - 1, allocated_amount = allocated_amount + amount + 1',
      `status = 'received'`,
    ),
    'a payment that grew': otherwise('payment', 'amount = amount + 1', `status = 'received'`),
    'a payment with nothing left of it refunded': otherwise(
      'payment',
      'refunded_amount = refunded_amount + 1',
      `status = 'received'`,
    ),
    'a payment reversed on no day': otherwise(
      'payment',
      `status = 'reversed', reversal_date = null`,
    ),
    'a reversal of a payment that stands': otherwise(
      'payment',
      `reversal_date = received_date`,
      `status = 'received'`,
    ),
    'a credit note that does not add up': otherwise(
      'credit_note',
      'allocated_amount = allocated_amount + 1',
    ),
    'a credit note of less than nothing': otherwise('credit_note', 'total_amount = -1'),
    'a credit note with less than nothing left': otherwise(
      'credit_note',
      'unallocated_amount = unallocated_amount - total_amount - 1, allocated_amount = allocated_amount + total_amount + 1',
    ),
    'an allocation of nothing': again('allocation', { id: NEW, amount: '0' }),
    'an allocation of less than nothing': again('allocation', { id: NEW, amount: '-1' }),
    'an allocation of two sources': otherwise(
      'allocation',
      `credit_note_id = (select id from credit_note limit 1)`,
      'payment_id is not null',
    ),
    'an allocation of no source': otherwise(
      'allocation',
      'payment_id = null, credit_note_id = null',
    ),
    'an entry of nothing': again('ledger_entry', { id: NEW, amount: '0' }),
    'an entry of less than nothing': again('ledger_entry', { id: NEW, amount: '-1' }),
    'an entry of an account with itself': again('ledger_entry', {
      id: NEW,
      debit_account: `'cash'`,
      credit_account: `'cash'`,
      debit_customer_id: 'null',
      credit_customer_id: 'null',
    }),
    'an entry of an account nobody knows': again('ledger_entry', {
      id: NEW,
      debit_account: `'pocket'`,
    }),
    'an entry of a receivable without its item': again('ledger_entry', {
      id: NEW,
      debit_account: `'receivable'`,
      item_id: 'null',
    }),
    'an entry posted before it counts': again('ledger_entry', {
      id: NEW,
      effective_date: `'2026-03-02'`,
      posting_date: `'2026-03-01'`,
    }),
    'a balance below nothing': otherwise('customer_balance', 'open_amount = -1'),
    'money of a customer below nothing': otherwise('customer_balance', 'unallocated_amount = -1'),
    'a balance beyond what JSON can say': otherwise(
      'customer_balance',
      'open_amount = 9007199254740992',
    ),
    'a refund of nothing': otherwise('refund', 'amount = 0'),
    'a refund of two sources': otherwise(
      'refund',
      'credit_note_id = (select id from credit_note limit 1)',
      'payment_id is not null',
    ),
    'a refund paid on no day': otherwise(
      'refund',
      `status = 'paid', paid_date = null, paid_entry_id = null`,
    ),
    'a refund cancelled on no day': otherwise('refund', `status = 'cancelled'`),
    'a write-off of nothing': otherwise('write_off', 'amount = 0'),
    'a write-off recovered beyond it': otherwise('write_off', 'recovered_amount = amount + 1'),
    'a write-off relieved beyond it': otherwise('write_off', 'relieved_amount = amount + 1'),
    'a write-off undone on no day': otherwise(
      'write_off',
      `status = 'undone', recovered_amount = 0, undo_date = null`,
    ),
    'a recovery of nothing': otherwise('recovery', 'amount = 0'),
    'a deferral to an earlier day': otherwise('deferral', 'due_date = previous_due_date'),
    'a deferral of nothing': otherwise('deferral', 'amount = 0'),
    'a debit of nothing': otherwise('direct_debit', 'amount = 0'),
    'a debit submitted in no file': otherwise(
      'direct_debit',
      `status = 'submitted', batch_id = null`,
    ),
    'a mandate revoked on no day': otherwise('mandate', `status = 'revoked'`),
    'a bank line of nothing': otherwise('bank_line', 'amount = 0'),
    'a bank line of no direction': otherwise('bank_line', `direction = 'sideways'`),
    'a charge claimed that is no item': otherwise(
      'dunning_charge',
      `status = 'claimed', claim_item_id = null`,
    ),
    'a fee of less than nothing': otherwise('dunning_charge', 'amount = -1'),
    'a level below none': otherwise('dunning_state', 'level = -1'),
    'a level reached on no day': otherwise('dunning_state', 'level = 1, level_date = null'),
    'a hold that ends before it begins': otherwise('dunning_hold', 'until_date = from_date - 1'),
    'a courtesy with a level': otherwise(
      'dunning_notice',
      `status = 'reversed', status_reason = null`,
    ),
    'a limit below nothing': otherwise('credit_limit', 'amount = -1'),
    'a limit of a customer and of a group': otherwise(
      'credit_limit',
      'customer_id = (select id from customer limit 1), group_id = (select id from credit_group limit 1)',
    ),
    'a limit approved by who asked for it': otherwise(
      'approval',
      `status = 'approved', decided_date = '2026-03-12', decided_by = requested_by`,
    ),
    'a reservation of more than was asked': otherwise('reservation', 'open_amount = amount + 1'),
    'a reservation that holds after its end': otherwise(
      'reservation',
      `status = 'expired'`,
      'open_amount > 0',
    ),
    'a rate of nothing': again('exchange_rate', { id: NEW, rate: '0' }),
    'a rate of a currency to itself': again('exchange_rate', {
      id: NEW,
      to_currency: `'USD'`,
      from_currency: `'USD'`,
    }),
    'a task that ended on no day': otherwise('task', `status = 'done'`, `status = 'open'`),
    'an order of less than nothing': otherwise('order_on_hand', 'open_amount = -1'),
  },
  [REFUSED_BY_UNIQUENESS]: {
    'a second invoice of a number': again('invoice', {
      id: NEW,
      external_id: 'null',
      creditor_reference: 'null',
    }),
    'a second payment of an external id': otherwise('payment', `external_id = 'P'`),
    'a second credit note of a number': again('credit_note', { id: NEW, external_id: 'null' }),
    'a slot that ran already': again('job_run'),
    'an entry taken back twice': `insert into ledger_entry select changed.* from (select * from ledger_entry limit 1) as row, generate_series(1, 2),
      jsonb_populate_record(null::ledger_entry, to_jsonb(row) || jsonb_build_object('id', ${NEW}, 'undoes_id', row.id)) as changed`,
    'a level reached twice': again('dunning_step'),
    'a fee taken twice': again('dunning_charge', {
      id: NEW,
      claim_item_id: 'null',
      status: `'waived'`,
      reason: `'x'`,
    }),
    'a decision taken twice in a run': again('dunning_decision', { id: NEW }),
    'a bank line imported twice': again('bank_line', { id: NEW }),
    'a file imported twice': again('bank_file', { id: NEW }),
    'a debit collected twice': again('direct_debit', { id: NEW }),
    'an event of a place that is taken': again('event', { id: NEW }),
    'an event twice in the feed': again('feed', { position: '1000000' }),
    'a delivery made twice': again('webhook_delivery', { id: NEW }),
    'a key that was used': again('idempotency_key'),
    'a second current secret': again('webhook_secret', { id: NEW }),
    'a second hold for one reason': again('credit_hold', { id: NEW }),
    'a second reservation for one order': again('reservation', { id: NEW }),
  },
  [REFUSED_BY_REFERENCE]: {
    'an invoice of a customer nobody has': otherwise('invoice', `customer_id = ${NEW}`),
    'a payment of a customer of another tenant': otherwise(
      'payment',
      `customer_id = '${'{foreign}'}'`,
    ),
    'an item of an invoice nobody has': otherwise(
      'open_item',
      `invoice_id = ${NEW}`,
      `kind = 'invoice'`,
    ),
    'an allocation to a payment nobody has': otherwise(
      'allocation',
      `payment_id = ${NEW}`,
      'payment_id is not null',
    ),
    'a refund of a payment nobody has': otherwise(
      'refund',
      `payment_id = ${NEW}`,
      'payment_id is not null',
    ),
    'a customer gone while it owes': 'delete from invoice',
    'a limit of a customer of another tenant': otherwise(
      'credit_limit',
      `customer_id = '${'{foreign}'}'`,
      'customer_id is not null',
    ),
    'a mandate of a customer of another tenant': otherwise(
      'mandate',
      `customer_id = '${'{foreign}'}'`,
    ),
  },
  [REFUSED_BY_NULL]: {
    'an invoice of nobody': otherwise('invoice', 'customer_id = null'),
    'a payment in no currency': otherwise('payment', 'currency = null'),
    'a row of no tenant': otherwise('feed_head', 'tenant_id = null'),
  },
  [REFUSED_BY_GRANT]: {
    'an entry changed': otherwise('ledger_entry', 'amount = amount'),
    'an entry deleted': 'delete from ledger_entry',
    'an event changed': otherwise('event', `type = type`),
    'an event deleted': 'delete from event',
    'the feed changed': otherwise('feed', 'position = position'),
    'the feed cut': 'delete from feed',
    'a notice whose content changed': otherwise('dunning_notice', 'content = content'),
    'a notice deleted': 'delete from dunning_notice',
    'a step deleted': 'delete from dunning_step',
    'a step at another level': otherwise('dunning_step', 'level = level'),
    'a policy’s past changed': otherwise('dunning_policy_version', 'version = version'),
    'a rate changed': otherwise('exchange_rate', 'rate = rate'),
    'a bank file deleted': 'delete from bank_file',
    'a payment deleted': 'delete from payment',
    'an item deleted': 'delete from open_item',
    'an allocation deleted': 'delete from allocation',
    'a customer deleted': 'delete from customer',
    'a credit score changed': otherwise('credit_score', 'score = score'),
    'a test tenant that goes live': otherwise('tenant', `mode = 'live'`),
    'a table emptied': 'truncate ledger_entry',
    'a row for another tenant': `insert into customer_balance (tenant_id, customer_id, currency) select '${'{other}'}', customer_id, 'USD' from customer_balance`,
    'a row given to another tenant': otherwise('task', `tenant_id = '${'{other}'}'`),
    'a table made': 'create table public.mine (id int)',
    'security taken off': 'alter table invoice disable row level security',
    'a function made': `create function public.mine() returns int language sql as 'select 1'`,
  },
}

t.test('the database itself refuses every wrong state', async (t) => {
  const { rows } = await pool.query('select id from customer where tenant_id = $1', [other.uuid])
  const filled = (text: string) =>
    text.replaceAll('{foreign}', rows[0].id).replaceAll('{other}', other.uuid)
  let [count, accepted] = [0, 0]
  for (const [expected, statements] of Object.entries(wrong)) {
    for (const [name, statement] of Object.entries(statements)) {
      const { code, rowCount } = await attempted(filled(statement))
      t.equal(code, expected, `${name} (${rowCount} rows)`)
      count += 1
      if (code === undefined) accepted += 1
    }
  }
  t.ok(count >= 60)
  await report({
    suite: 'T-schema',
    goal: '≥ 60 wrong states written directly as the application’s role: all refused by the database',
    seen: `${count} attempts, ${accepted} accepted`,
    met: accepted === 0,
  })
})

t.test(
  'row-level security alone keeps the rows of two tenants apart, table by table',
  async (t) => {
    const { rows: tables } = await pool.query<{ name: string }>(
      `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`,
    )
    const as = other.uuid
    let filled = 0
    for (const { name } of tables) {
      const { rows } = await pool.query(
        `select to_jsonb(${name}) as row from ${name} where tenant_id = $1 limit 1`,
        [tenant.uuid],
      )
      if (rows.length === 0) continue
      filled += 1
      const values = [tenant.uuid]
      const ofThem = `from ${name} where tenant_id = $1`
      const seen = await attempted(`select 1 ${ofThem}`, { as, values })
      t.same(seen, { code: undefined, rowCount: 0 }, `${name} shows nothing`)
      for (const change of [
        `update ${name} set tenant_id = tenant_id where tenant_id = $1`,
        `delete ${ofThem}`,
      ]) {
        const { code, rowCount } = await attempted(change, { as, values })
        t.ok(rowCount === 0 && [undefined, REFUSED_BY_GRANT].includes(code), `${change}: ${code}`)
      }
      const added = await attempted(
        `insert into ${name} select * from jsonb_populate_record(null::${name}, $1)`,
        { as, values: [JSON.stringify(rows[0].row)] },
      )
      t.equal(added.code, REFUSED_BY_GRANT, `nothing is added to ${name} for somebody else`)
    }
    t.ok(filled >= 60, `${filled} tables had something to take`)
  },
)
