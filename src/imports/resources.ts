import type { Scope } from '../foundation/access/scopes.ts'
import type { ImportResource, ResultKind } from './import.ts'

/** What an external id in a row may stand for. */
export type Referred = 'customer' | 'invoice'

/** What rows of one resource are, before anything is done with them. */
interface Importable {
  /** The name of the schema that a row obeys once external ids have been replaced by ids. */
  schema: string
  /** What a row makes, unless it says itself. */
  kind: ResultKind
  /** What the credential has to hold besides `imports:write`. */
  scopes: readonly Scope[]
  /** Which `…_external_id` a row may give in the place of `…_id`. */
  refersTo: readonly Referred[]
  /** True when a row that is to be upserted is found by its external id. */
  hasExternalId: boolean
}

/** Everything that can be imported. */
export const importable: Record<ImportResource, Importable> = {
  customers: {
    schema: 'CreateCustomer',
    kind: 'customer',
    scopes: ['customers:write'],
    refersTo: [],
    hasExternalId: true,
  },
  contacts: {
    schema: 'ImportContact',
    kind: 'contact',
    scopes: ['customers:write'],
    refersTo: ['customer'],
    hasExternalId: false,
  },
  invoices: {
    schema: 'CreateInvoice',
    kind: 'invoice',
    scopes: ['invoices:write'],
    refersTo: ['customer'],
    hasExternalId: true,
  },
  credit_notes: {
    schema: 'CreateCreditNote',
    kind: 'credit_note',
    scopes: ['invoices:write'],
    refersTo: ['customer', 'invoice'],
    hasExternalId: true,
  },
  payments: {
    schema: 'CreatePayment',
    kind: 'payment',
    scopes: ['payments:write'],
    refersTo: ['customer'],
    hasExternalId: true,
  },
  credit_limits: {
    schema: 'ImportCreditLimit',
    kind: 'credit_limit',
    scopes: ['credit:write'],
    refersTo: ['customer'],
    hasExternalId: false,
  },
  opening_balances: {
    schema: 'ImportOpeningBalance',
    kind: 'invoice',
    scopes: ['invoices:write', 'payments:write', 'dunning:write'],
    refersTo: ['customer'],
    hasExternalId: true,
  },
}
