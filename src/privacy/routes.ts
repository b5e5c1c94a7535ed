import type { Context } from '../foundation/http/context.ts'
import { command, type Http, query } from '../foundation/http/operation.ts'
import { IdParams } from '../foundation/http/schema.ts'
import { uuidOf } from '../foundation/id.ts'
import { Customer, customerToJson } from '../parties/customers/schema.ts'
import { exportPersonalData } from './export-personal-data.ts'
import { pseudonymizeCustomer } from './pseudonymize-customer.ts'
import { PersonalData, PseudonymizeCustomerBody, personalDataToJson } from './schema.ts'

/** What a person may ask for: to see what is stored, and to be forgotten where no law forbids it. */
export function privacyRoutes(http: Http, context: Context): void {
  query(http, context, {
    method: 'GET',
    url: '/v1/customers/:id/personal-data',
    operationId: 'exportPersonalData',
    tag: 'Privacy',
    summary: 'Export all that is stored about a customer',
    description:
      'One document of one snapshot, for Art. 15 and 20 GDPR: master data and contacts, documents, payments with their bank lines, notices and their deliveries, activities, credit checks, and the events that tell of it. Records come as they are stored, with ids as UUIDs.',
    scope: 'privacy:read',
    params: IdParams('customer', 'customer'),
    answers: { 200: PersonalData },
    problems: ['customer_not_found'],
    work: async (reader, { params }) => {
      const id = uuidOf(params.id)
      return personalDataToJson(id, await exportPersonalData(reader, id), reader.now)
    },
  })

  command(http, context, {
    method: 'POST',
    url: '/v1/customers/:id/pseudonymize',
    operationId: 'pseudonymizeCustomer',
    tag: 'Privacy',
    summary: 'Make a customer nobody in particular',
    description: PSEUDONYMIZE,
    scope: 'privacy:write',
    params: IdParams('customer', 'customer'),
    body: PseudonymizeCustomerBody,
    answers: { 200: Customer },
    ifMatch: 'none',
    problems: ['customer_not_found', 'customer_has_open_business', 'retention_duty'],
    work: async (tx, { params, body }) => {
      const customer = await pseudonymizeCustomer(tx, {
        id: uuidOf(params.id),
        recordsKeptElsewhere: body.records_kept_elsewhere ?? false,
      })
      return customerToJson(customer, tx.tenant.mode)
    },
  })
}

const PSEUDONYMIZE = `Replaces names, addresses, e-mails, phone numbers, IBANs and free text about the customer by pseudonyms, wherever they are stored: master data, documents, bank lines, notices, activities, past events, rows of imports and kept answers. It cannot be undone. Amounts, days, ids and numbers of documents stay, so the ledger is as true as before; sealed events stay provable, see \`GET /v1/audit/redactions\`.

Refused while something is open (\`customer_has_open_business\`), and while vouchers have to be kept (\`retention_duty\`: until the end of the eighth year after the last document, § 147 AO and § 257 HGB, which Art. 17 (3) (b) GDPR respects).`
