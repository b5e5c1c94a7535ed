import { Ajv, type Options, type ValidateFunction } from 'ajv'
import addFormatsModule from 'ajv-formats'
import { isCalendarDate, isInstant, isTimeZone } from '../calendar.ts'
import { isCurrency } from '../money.ts'
import { namedSchemas } from './schema.ts'

const addFormats = addFormatsModule.default

/** Words our schemas use to document themselves; they validate nothing. */
const DOCUMENTARY = ['example', 'x-extensible-enum', 'x-minimum', 'x-maximum', 'style', 'explode']

/**
 * Formats of our own, for those who only need to know that they exist: answers are not validated by them. `opaque` is
 * text that means nothing to a caller, or not to the schema: it validates nothing anywhere.
 */
export const documentaryFormats = {
  currency: true,
  'time-zone': true,
  text: true,
  opaque: true,
} as const

/**
 * Two validators, because the two places lie differently: a body is JSON and is taken literally (no coercion, unknown
 * fields refused, null is null), while path, query and headers are text by nature and are coerced. Each is made when
 * the first schema asks for it.
 */
export function buildValidators(shared: Record<string, unknown>) {
  let body: Ajv | undefined
  let text: Ajv | undefined
  return ({ schema, httpPart }: { schema: object; httpPart?: string }) => {
    return whenAsked(() => {
      if (httpPart === 'body') {
        body ??= validator({ coerceTypes: false }, shared)
        return body.compile(schema)
      }
      text ??= validator({ coerceTypes: 'array' }, shared)
      return text.compile(schema)
    })
  }
}

/** A validator that is compiled by the first request that needs it; a start compiles none. */
function whenAsked(compile: () => ValidateFunction) {
  let compiled: ValidateFunction | undefined
  const validate = (data: unknown): boolean => {
    compiled ??= compile()
    const valid = compiled(data) as boolean
    validate.errors = compiled.errors
    return valid
  }
  validate.errors = undefined as ValidateFunction['errors']
  return validate
}

let bodies: Ajv | undefined

/**
 * The validator of the body with this name, the same as for a request: for what has the shape of a body but does not
 * come as one, such as the rows of an import. It fills in defaults and leaves what it found wrong in `errors`.
 */
export function bodyValidator(name: string): ValidateFunction {
  bodies ??= validator({ coerceTypes: false }, Object.fromEntries(namedSchemas))
  const validate = bodies.getSchema(name)
  if (validate === undefined) throw new Error(`there is no schema ${name}`)
  return validate
}

/** Our own schemas are not held against the meta schema at every start: `npm run openapi -- --check` does that once. */
function validator(options: Options, shared: Record<string, unknown>): Ajv {
  const ajv = new Ajv({
    ...options,
    meta: false,
    validateSchema: false,
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
  ajv.addFormat('opaque', true)
  for (const schema of Object.values(shared)) ajv.addSchema(schema as object)
  return ajv
}

/** PostgreSQL stores no null character, and a lone surrogate is no character at all: neither is silently changed. */
const isStorableText = (text: string): boolean => !text.includes('\0') && isWellFormed(text)

const isWellFormed = (text: string): boolean =>
  (text as string & { isWellFormed(): boolean }).isWellFormed()
