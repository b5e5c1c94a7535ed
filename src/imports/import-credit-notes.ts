import type { Static } from '@sinclair/typebox'
import type { CreateCreditNote } from '../billing/credit-note-schema.ts'
import { creditInvoice } from '../cash/credit-invoice.ts'
import { newCreditNote } from '../cash/new-credit-note.ts'
import { upsertCreditNote } from '../cash/upsert-credit-note.ts'
import { type Importer, oneByOne } from './apply.ts'

/** Issues credit notes in their order, each with what it settles. Issued, they never change. */
export const importCreditNotes: Importer = (tx, { mode }, bodies) =>
  oneByOne(tx, bodies as Static<typeof CreateCreditNote>[], async (inner, body) => {
    const input = newCreditNote(body)
    if (mode === 'create' || input.externalId === null)
      return { outcome: 'created', id: (await creditInvoice(inner, input)).id }
    const { created, result } = await upsertCreditNote(inner, {
      ...input,
      externalId: input.externalId,
    })
    return { outcome: created ? 'created' : 'unchanged', id: result.id }
  })
