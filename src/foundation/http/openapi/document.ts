import { readsOne } from '../answer.ts'
import { type Operation, takesIfMatch } from '../operation.ts'
import { allAnswersOf, answersWithVersion } from './answers.ts'
import { examples, headers, parameters, securitySchemes } from './components.ts'
import { exemplify } from './compose-example.ts'
import { markExtensible } from './extensible.ts'
import { keepUsedComponents, refTo, resolve } from './references.ts'
import { shareAlike } from './share.ts'
import { tags } from './tags.ts'
import { speakThreeZero } from './three-zero.ts'
import type {
  Callbacks,
  Components,
  DocumentedOperation,
  OpenApiDocument,
  Parameter,
  PathItem,
  Reference,
  Schema,
} from './types.ts'

/** What a route says about itself; the schemas are read from the document, so their types do not matter here. */
// biome-ignore lint/suspicious/noExplicitAny: the schemas are generic per operation
export type AnyOperation = Operation<any, any, any>

export interface Sources {
  /** Every operation by its id. */
  operations: ReadonlyMap<string, AnyOperation>
  webhooks: DescribeWebhooks
}

/**
 * What is sent to webhook endpoints, and the components it takes; told which schemas the document has. 3.1 has a place
 * for one entry per event type, 3.0 only for what an operation causes to be called back.
 */
export type DescribeWebhooks = (known: Readonly<Record<string, Schema>>) => {
  webhooks: Record<string, PathItem>
  /** By the id of the operation. */
  callbacks: Record<string, Callbacks>
  components: Pick<Required<Components>, 'schemas' | 'parameters' | 'responses'>
}

/**
 * Completes what the routes' schemas alone do not say: who may call, the headers of requests and answers, problems as
 * shared answers with an example for each code, the groups, and what is announced to webhooks.
 */
export function completeDocument(
  document: OpenApiDocument,
  { operations, webhooks }: Sources,
): OpenApiDocument {
  const threeZero = isThreeZero(document)
  document.components = {
    ...document.components,
    headers,
    parameters,
    examples,
    responses: {},
    securitySchemes,
  }
  for (const path of Object.values(document.paths)) {
    for (const documented of Object.values(path)) {
      const operation = operations.get(documented.operationId)
      if (operation !== undefined) complete(document, documented, operation)
    }
  }
  addWebhooks(document, webhooks)
  shareAlike(document)
  markExtensible(document)
  // What reads 3.0 makes whole examples of those of the fields; some take an `id` in one for the name of a schema.
  if (!threeZero) exemplify(document)
  document.tags = usedTags(document)
  keepUsedComponents(document)
  const finished = structuredClone(document)
  if (threeZero) speakThreeZero(finished)
  return finished
}

const isThreeZero = ({ openapi }: OpenApiDocument): boolean => openapi.startsWith('3.0')

function addWebhooks(document: OpenApiDocument, describe: DescribeWebhooks): void {
  const { webhooks, callbacks, components } = describe(document.components.schemas)
  for (const section of ['schemas', 'parameters', 'responses'] as const) {
    document.components[section] = {
      ...document.components[section],
      ...components[section],
    } as never
  }
  if (!isThreeZero(document)) {
    document.webhooks = webhooks
    return
  }
  for (const operation of Object.values(document.paths).flatMap((item) => Object.values(item))) {
    const called = callbacks[operation.operationId]
    if (called !== undefined) operation.callbacks = called
  }
}

function complete(
  document: OpenApiDocument,
  documented: DocumentedOperation,
  operation: AnyOperation,
): void {
  secure(documented, operation)
  const tagged = readsOne(operation) || answersWithVersion(document, documented)
  documented.parameters = [
    ...(documented.parameters ?? []).map((parameter) => liftStyle(parameter as Parameter)),
    ...headerParametersOf(operation, tagged),
  ]
  if (documented.parameters.length === 0) delete documented.parameters
  allowEmptyBody(document, documented)
  if (operation.method === 'PATCH' && operation.consumes === undefined) acceptMergePatch(documented)
  documented.responses = allAnswersOf(documented, operation, tagged)
}

/** Either credential will do. Only one of the schemes has a place for scopes, so they stand beside it too. */
function secure(documented: DocumentedOperation, { scope }: AnyOperation): void {
  documented.security = scope === null ? [{}] : [{ apiKey: [] }, { accessToken: [scope] }]
  if (scope === null) return
  documented['x-required-scopes'] = [scope]
  documented.description = `${documented.description}\n\nNeeds the scope \`${scope}\`.`
}

/** How a list of words is written in a query belongs to the parameter, not to its schema. */
function liftStyle(parameter: Parameter): Parameter {
  const { style, explode, ...schema } = parameter.schema
  if (style === undefined) return parameter
  return { ...parameter, style: style as string, explode: explode === true, schema }
}

function headerParametersOf(operation: AnyOperation, tagged: boolean): Reference[] {
  const names: string[] = []
  if (operation.method === 'POST') {
    names.push(operation.idempotency === 'required' ? 'IdempotencyKeyRequired' : 'IdempotencyKey')
  }
  if (takesIfMatch(operation))
    names.push(operation.ifMatch === 'required' ? 'IfMatchRequired' : 'IfMatch')
  if (operation.method === 'GET' && tagged) names.push('IfNoneMatch')
  return names.map((name) => refTo('parameters', name))
}

/** No body counts as an empty one, so it may be left out where nothing in it is required. */
function allowEmptyBody(document: OpenApiDocument, { requestBody }: DocumentedOperation): void {
  const [media] = Object.values(requestBody?.content ?? {})
  if (requestBody === undefined || media === undefined) return
  const { required, type } = resolve(document, media.schema) as {
    required?: string[]
    type?: unknown
  }
  if (type === 'object' && (required ?? []).length === 0) requestBody.required = false
}

function acceptMergePatch({ requestBody }: DocumentedOperation): void {
  const json = requestBody?.content['application/json']
  if (requestBody && json)
    requestBody.content = { 'application/json': json, 'application/merge-patch+json': json }
}

function usedTags(document: OpenApiDocument): { name: string; description: string }[] {
  const items = [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})]
  const used = new Set(
    items.flatMap((item) => Object.values(item).flatMap((operation) => operation.tags ?? [])),
  )
  return Object.entries(tags).flatMap(([name, description]) =>
    used.has(name) ? [{ name, description }] : [],
  )
}
