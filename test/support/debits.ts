import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'
import type { Reply, TestTenant } from './app.ts'
import { accepted } from './records.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Json = any

/** Real files, where they are. */
export const SAMPLES = process.env.SAMPLE_DATA_DIR

export const IBAN = 'DE89370400440532013000'
export const OTHER_IBAN = 'DE02120300000000202051'

let references = 0

/** Makes mandates, debits and batches that are right in every way the test does not mention. */
export function debitsOf({ api }: Pick<TestTenant, 'api'>) {
  const post = async (url: string, body: object): Promise<Json> =>
    accepted(await api('POST', url, body), url)
  const close = (batch: Json, body: object = {}) =>
    api('POST', `/v1/debit-batches/${batch.id}/close`, body)
  return {
    /** A creditor that tells debtors five days ahead. */
    settings: async (more: object = {}): Promise<Json> =>
      accepted(
        await api('PUT', '/v1/direct-debit-settings', {
          creditor_id: 'DE98ZZZ09999999999',
          creditor_name: 'Muster Maschinenbau AG',
          iban: 'DE75512108001245126199',
          prenotification_days: 5,
          ...more,
        }),
      ),
    mandate: ({ id }: Json, more: object = {}): Promise<Json> => {
      references += 1
      return post('/v1/mandates', {
        customer_id: id,
        reference: `M-${references}`,
        scheme: 'core',
        sequence: 'recurring',
        debtor_name: 'Müller & Söhne GmbH',
        iban: IBAN,
        signature_date: '2026-02-01',
        ...more,
      })
    },
    debit: ({ id }: Json, more: object = {}): Promise<Json> =>
      post('/v1/direct-debits', { mandate_id: id, ...more }),
    batch: (collection_date: string, more: object = {}): Promise<Json> =>
      post('/v1/debit-batches', { collection_date, ...more }),
    close,
    /** A batch of a day, its file fixed. */
    submitted: async (collection_date: string, more: object = {}): Promise<Json> =>
      accepted(await close(await post('/v1/debit-batches', { collection_date, ...more }))),
    file: async ({ id }: Json): Promise<string> =>
      accepted(await api('GET', `/v1/debit-batches/${id}/file`)),
    returned: (debit: Json, reason_code: string, more: object = {}): Promise<Reply> =>
      api('POST', `/v1/direct-debits/${debit.id}/return`, { reason_code, ...more }),
    report: (xml: string | Buffer): Promise<Reply> =>
      api('POST', '/v1/debit-batches/status-reports', xml, { 'content-type': 'application/xml' }),
    debitsIn: async ({ id }: Json): Promise<Json[]> =>
      accepted(await api('GET', `/v1/direct-debits?batch_id=${id}&limit=200`)).data,
    get: async (url: string): Promise<Json> => accepted(await api('GET', url), url),
  }
}

/** What a schema has against a file; empty is right. */
export async function schemaFaults(xml: string, format: string): Promise<string[]> {
  const schema = await readFile(join(SAMPLES ?? '', 'sepa', 'xsd', `${format}.xsd`), 'utf8')
  const { errors } = await validateXML({
    xml: { fileName: 'file.xml', contents: xml },
    schema: { fileName: 'schema.xsd', contents: schema },
    initialMemoryPages: 2_048,
    maxMemoryPages: 16_384,
  })
  return errors.map(({ message }) => message)
}
