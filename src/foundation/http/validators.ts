import { Ajv, type Options } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { isCalendarDate, isInstant, isTimeZone } from '../calendar.ts'
import { isCurrency } from '../money.ts'

const addFormats = addFormatsModule.default

/** Words our schemas use to document themselves; they validate nothing. */
const DOCUMENTARY = ['example', 'x-extensible-enum', 'x-minimum', 'x-maximum', 'style', 'explode']

/** Formats of our own, for those who only need to know that they exist: answers are not validated by them. */
export const documentaryFormats = { currency: true, 'time-zone': true, text: true } as const

/**
 * Two validators, because the two places lie differently: a body is JSON and is taken literally (no coercion, unknown
 * fields refused, null is null), while path, query and headers are text by nature and are coerced.
 */
export function buildValidators(shared: Record<string, unknown>) {
  const body = validator({ coerceTypes: false }, shared)
  const text = validator({ coerceTypes: 'array' }, shared)
  return ({ schema, httpPart }: { schema: object; httpPart?: string }) =>
    (httpPart === 'body' ? body : text).compile(schema)
}

function validator(options: Options, shared: Record<string, unknown>): Ajv {
  const ajv = new Ajv({
    ...options,
    allErrors: true,
    removeAdditional: false,
    useDefaults: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    keywords: DOCUMENTARY,
  })
  addFormats(ajv)
  ajv.addFormat('date', isCalendarDate)
  ajv.addFormat('date-time', isInstant)
  ajv.addFormat('currency', isCurrency)
  ajv.addFormat('time-zone', isTimeZone)
  ajv.addFormat('text', isStorableText)
  for (const schema of Object.values(shared)) ajv.addSchema(schema as object)
  return ajv
}

/** PostgreSQL stores no null character, and a lone surrogate is no character at all: neither is silently changed. */
const isStorableText = (text: string): boolean => !text.includes('\0') && isWellFormed(text)

const isWellFormed = (text: string): boolean =>
  (text as string & { isWellFormed(): boolean }).isWellFormed()
