import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import { createApp } from '../../src/app.ts'
import { createContext } from '../../src/context.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { resolve } from '../../src/foundation/http/openapi/references.ts'
import type {
  DocumentedOperation,
  Json,
  OpenApiDocument,
  Parameter,
  PathItem,
  Response,
} from '../../src/foundation/http/openapi/types.ts'
import { createLog } from '../../src/foundation/log.ts'

/** Both documents, as the service would serve them. Describing opens no connection. */
export async function describedApi(): Promise<Record<'document' | 'threeZero', OpenApiDocument>> {
  const nowhere = 'postgres://nobody@localhost:1/none'
  const http = await createApp(createContext(readConfig({}), nowhere, createLog('silent')))
  await http.ready()
  const [document, threeZero] = [asJson(http.swagger()), asJson(http.swagger30())]
  await http.close()
  return { document, threeZero }
}

/** A document as it goes over the wire. */
export const asJson = (value: object): OpenApiDocument =>
  JSON.parse(JSON.stringify(value)) as OpenApiDocument

/** An operation with its place in the document. */
export interface Documented {
  method: string
  path: string
  operation: DocumentedOperation
}

/** Every operation below some paths, or webhooks. */
export const operationsIn = (paths: Record<string, PathItem> = {}): Documented[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )

/** The parameters of an operation, written out. */
export const parametersOf = (
  document: OpenApiDocument,
  { parameters = [] }: DocumentedOperation,
): Parameter[] => parameters.map((parameter) => resolve(document, parameter))

/** Makes validators of the schemas of a document. */
export function validatorsOf(document: OpenApiDocument): (schema: Json) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true })
  addFormatsModule.default(ajv)
  ajv.addSchema(document, 'api')
  const known = new Map<string, ValidateFunction>()
  return (schema) => {
    // References into the document are made absolute.
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')
    const validator = known.get(text) ?? ajv.compile(JSON.parse(text) as Json)
    known.set(text, validator)
    return validator
  }
}

/** An answer as it is held against the document. */
export interface Answered {
  status: number
  headers: Record<string, unknown>
  body: unknown
}

/** What in an answer is not as an operation documents it: its status, its form, its code. Undefined when all is. */
export function deviationOf(
  document: OpenApiDocument,
  validatorOf: ReturnType<typeof validatorsOf>,
  operation: DocumentedOperation,
  { status, headers, body }: Answered,
): string | undefined {
  const documented = operation.responses[String(status)]
  if (documented === undefined) return `${status} is not documented`
  const { content } = resolve<Response>(document, documented)
  if (content === undefined) return undefined
  const type = String(headers['content-type']).split(';', 1)[0] ?? ''
  const media = content[type]
  if (media === undefined) return `${status} is ${type}`
  if (!type.endsWith('json')) return undefined
  const validate = validatorOf(media.schema as Json)
  if (!validate(body)) return `${status} is ${JSON.stringify(validate.errors?.slice(0, 3))}`
  const { code } = body as { code?: string }
  if (status >= 400 && !(String(code) in (media.examples ?? {}))) return `${status} with ${code}`
  return undefined
}
