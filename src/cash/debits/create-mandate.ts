import { announce } from '../../events/announce.ts'
import type { CalendarDate } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { newId } from '../../foundation/id.ts'
import { invalidFields } from '../../foundation/problem.ts'
import { requireCustomer } from '../../parties/queries.ts'
import type { CustomerRow } from '../../parties/table.ts'
import { mandateFact } from './events.ts'
import { accountFaults, lastDayOf, type MandateSequence, type Scheme } from './mandate.ts'
import type { MandateRow } from './table.ts'

export interface CreateMandate {
  customerId: string
  reference: string
  scheme: Scheme
  sequence: MandateSequence
  debtorName: string
  iban: string
  bic: string | null
  signatureDate: CalendarDate
  metadata: Record<string, string>
}

/** Records a debtor's permission to collect. */
export async function createMandate(tx: Tx, input: CreateMandate): Promise<MandateRow> {
  const customer = await requireCustomer(tx, input.customerId)
  refuseFaults(input, customer, tx.today)
  const mandate = await tx.db
    .insertInto('mandate')
    .values({
      tenant_id: tx.tenant.id,
      id: newId(),
      customer_id: customer.id,
      reference: input.reference,
      scheme: input.scheme,
      sequence: input.sequence,
      status: 'active',
      debtor_name: input.debtorName,
      iban: input.iban,
      bic: input.bic,
      signature_date: input.signatureDate,
      lapses_after_date: lastDayOf(input.signatureDate),
      metadata: JSON.stringify(input.metadata),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  announce(tx, mandateFact('mandate.created', mandate, tx))
  return mandate
}

/** Everything that is wrong at once. A mandate signed more than 36 months ago has lapsed before it was known. */
function refuseFaults(input: CreateMandate, customer: CustomerRow, today: CalendarDate): void {
  const faults: Parameters<typeof invalidFields> = accountFaults(input.iban, input.bic)
  if (input.scheme === 'b2b' && customer.kind !== 'business')
    faults.push({
      pointer: '#/scheme',
      code: 'business_only',
      detail: 'b2b is for business customers',
      params: { customer_kind: customer.kind },
    })
  if (input.signatureDate > today)
    faults.push({
      pointer: '#/signature_date',
      code: 'date_in_future',
      detail: 'must not be after today',
      params: { today },
    })
  const usableUntil = lastDayOf(input.signatureDate)
  if (usableUntil < today)
    faults.push({
      pointer: '#/signature_date',
      code: 'lapsed',
      detail: 'a mandate that was not used for 36 months has lapsed',
      params: { usable_until_date: usableUntil },
    })
  if (faults.length > 0) throw invalidFields(...faults)
}
