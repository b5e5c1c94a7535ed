import type { Reader } from '../../foundation/database/frame.ts'
import { publicId } from '../../foundation/id.ts'
import { epcQr } from './epc-qr.ts'

/** Where the tenant is paid in one currency. */
export interface CreditorAccount {
  id: string
  name: string
  iban: string
  bic: string | null
}

/** How to pay what a notice asks for. */
export interface PaymentInstructions {
  bank_account_id: string
  creditor_name: string
  iban: string
  bic: string | null
  /** The structured creditor reference, when all that is asked for has one and the same. */
  reference: string | null
  /** What the payer is to write, when there is no such reference. */
  remittance: string | null
  /** The text of a QR code by EPC069-12; null for other currencies than the euro. */
  epc_qr: string | null
}

/** The tenant's bank account of each currency: the one it has named first. */
export async function creditorAccounts(reader: Reader): Promise<Map<string, CreditorAccount>> {
  const rows = await reader.db
    .selectFrom('bank_account')
    .innerJoin('tenant', 'tenant.tenant_id', 'bank_account.tenant_id')
    .distinctOn('bank_account.currency')
    .select([
      'bank_account.id',
      'bank_account.currency',
      'bank_account.iban',
      'bank_account.bic',
      'tenant.name',
    ])
    .where('bank_account.tenant_id', '=', reader.tenant.id)
    .where('bank_account.iban', 'is not', null)
    .orderBy('bank_account.currency')
    .orderBy('bank_account.created_at')
    .orderBy('bank_account.id')
    .execute()
  return new Map(
    rows.map(({ currency, iban, ...row }) => [currency, { ...row, iban: iban as string }]),
  )
}

const RF = /^RF/
const REMITTANCE_MAX = 140

/** What a notice asks for, as far as a payer's bank carries it. */
export interface Demand {
  currency: string
  /** Minor units. */
  amount: number
  invoices: readonly { number: string | null; creditor_reference: string | null }[]
}

/** How to pay a demand into an account; null when the tenant has none in the currency. */
export function paymentInstructions(
  account: CreditorAccount | undefined,
  { currency, amount, invoices }: Demand,
): PaymentInstructions | null {
  if (account === undefined) return null
  const references = new Set(invoices.map(({ creditor_reference }) => creditor_reference))
  const [only] = references
  const reference = references.size === 1 && only !== undefined ? only : null
  const remittance = reference === null ? listed(invoices) : null
  const isRf = reference !== null && RF.test(reference)
  return {
    bank_account_id: publicId('bank_account', account.id),
    creditor_name: account.name,
    iban: account.iban,
    bic: account.bic,
    reference,
    remittance,
    epc_qr:
      currency === 'EUR'
        ? epcQr({
            ...account,
            amount,
            reference: isRf ? reference : null,
            text: remittance ?? reference,
          })
        : null,
  }
}

/** The numbers of the invoices, as many as a bank carries whole. */
function listed(invoices: Demand['invoices']): string {
  let text = ''
  for (const number of new Set(invoices.map((invoice) => invoice.number))) {
    const longer = number === null ? text : `${text} ${number}`.trim()
    if (longer.length > REMITTANCE_MAX) break
    text = longer
  }
  return text
}
