import { STATUS_CODES } from 'node:http'
import { type ProblemCode, problems } from '../../problem.ts'
import { houseProblemsOf, type Operation, problemsOf, takesIfMatch } from '../operation.ts'
import { ProblemSchema } from '../problem-answers.ts'
import { examples, headers, parameters, securitySchemes } from './components.ts'
import { keepUsedComponents, refTo, resolve } from './references.ts'
import { tags } from './tags.ts'
import { speakThreeZero } from './three-zero.ts'
import type {
  Components,
  DocumentedOperation,
  OpenApiDocument,
  Parameter,
  PathItem,
  Reference,
  Response,
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
 * What is sent to webhook endpoints, one entry per event type, and the components it takes; told which schemas the
 * document has. Only 3.1 has a place for it.
 */
export type DescribeWebhooks = (known: ReadonlySet<string>) => {
  webhooks: Record<string, PathItem>
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
  const threeZero = document.openapi.startsWith('3.0')
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
  if (!threeZero) addWebhooks(document, webhooks)
  document.tags = usedTags(document)
  keepUsedComponents(document)
  const finished = structuredClone(document)
  if (threeZero) speakThreeZero(finished)
  return finished
}

function addWebhooks(document: OpenApiDocument, describe: DescribeWebhooks): void {
  const { webhooks, components } = describe(new Set(Object.keys(document.components.schemas)))
  document.webhooks = webhooks
  for (const section of ['schemas', 'parameters', 'responses'] as const) {
    document.components[section] = {
      ...document.components[section],
      ...components[section],
    } as never
  }
}

function complete(
  document: OpenApiDocument,
  documented: DocumentedOperation,
  operation: AnyOperation,
): void {
  secure(documented, operation)
  const versioned = answersWithVersion(document, documented)
  documented.parameters = [
    ...(documented.parameters ?? []).map((parameter) => liftStyle(parameter as Parameter)),
    ...headerParametersOf(operation, versioned),
  ]
  if (documented.parameters.length === 0) delete documented.parameters
  allowEmptyBody(document, documented)
  if (operation.method === 'PATCH' && operation.consumes === undefined) acceptMergePatch(documented)
  documented.responses = {
    ...answersOf(documented, operation, versioned),
    ...problemAnswersOf(document, operation),
  }
}

/** Either credential will do; neither scheme has a place for scopes, so they stand beside it. */
function secure(documented: DocumentedOperation, { scope }: AnyOperation): void {
  documented.security =
    scope === null ? [] : Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] }))
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

function headerParametersOf(operation: AnyOperation, versioned: boolean): Reference[] {
  const names: string[] = []
  if (operation.method === 'POST') {
    names.push(operation.idempotency === 'required' ? 'IdempotencyKeyRequired' : 'IdempotencyKey')
  }
  if (takesIfMatch(operation))
    names.push(operation.ifMatch === 'required' ? 'IfMatchRequired' : 'IfMatch')
  if (operation.method === 'GET' && versioned) names.push('IfNoneMatch')
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

/** True when a success carries the version that makes its ETag. */
function answersWithVersion(
  document: OpenApiDocument,
  { responses }: DocumentedOperation,
): boolean {
  return Object.entries(responses).some(([status, response]) => {
    const schema = (response as Response).content?.['application/json']?.schema
    if (!status.startsWith('2') || schema === undefined) return false
    const { properties } = resolve(document, schema) as { properties?: Record<string, unknown> }
    return properties?.version !== undefined
  })
}

function answersOf(
  { responses }: DocumentedOperation,
  operation: AnyOperation,
  versioned: boolean,
): Record<string, Response> {
  const answers: Record<string, Response> = {}
  for (const [status, answer] of Object.entries(responses) as [string, Response][]) {
    if (!status.startsWith('2')) continue
    const { description, content } = answer
    answers[status] = {
      description: description === 'Default Response' ? `${STATUS_CODES[status]}.` : description,
      headers: headersOf(operation, {
        ...(versioned && content && { ETag: 'ETag' }),
        ...((status === '201' || status === '202') && { Location: 'Location' }),
        ...(operation.method === 'POST' && { 'Idempotent-Replayed': 'IdempotentReplayed' }),
      }),
      ...(content && { content }),
    }
  }
  if (operation.method === 'GET' && versioned) {
    answers['304'] = {
      description: 'What you have is still current.',
      headers: headersOf(operation, { ETag: 'ETag' }),
    }
  }
  return answers
}

function headersOf(
  { scope, deprecated }: AnyOperation,
  more: Record<string, string>,
): Record<string, Reference> {
  const names = {
    'Request-Id': 'RequestId',
    ...(scope !== null && { RateLimit: 'RateLimit', 'RateLimit-Policy': 'RateLimitPolicy' }),
    ...(deprecated && { Deprecation: 'Deprecation', Sunset: 'Sunset', Link: 'Link' }),
    ...more,
  }
  return Object.fromEntries(
    Object.entries(names).map(([header, name]) => [header, refTo('headers', name)]),
  )
}

/**
 * The refusals of an operation by status. Those that only name problems every operation of its form can give are
 * shared; one that names a problem of the operation's own is written out.
 */
function problemAnswersOf(
  document: OpenApiDocument,
  operation: AnyOperation,
): Record<string, Response | Reference> {
  const house = new Set(houseProblemsOf(operation))
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemsOf(operation)) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const answers: Record<string, Response | Reference> = {}
  for (const [status, codes] of byStatus) {
    const response = problemAnswer(operation, status, codes)
    if (codes.every((code) => house.has(code))) {
      const name = `${codes.map(pascal).join('Or')}${operation.scope === null ? 'InPublic' : ''}`
      document.components.responses = { ...document.components.responses, [name]: response }
      answers[status] = refTo('responses', name)
    } else {
      answers[status] = response
    }
  }
  return answers
}

function problemAnswer(operation: AnyOperation, status: number, codes: ProblemCode[]): Response {
  const lines = codes.map((code) => `\`${code}\`: ${problems[code].title}.`)
  return {
    description:
      lines.length === 1 ? String(lines[0]) : lines.map((line) => `- ${line}`).join('\n'),
    headers: headersOf(status === 401 ? { ...operation, scope: null } : operation, {
      ...(RETRYABLE.some((code) => codes.includes(code)) && { 'Retry-After': 'RetryAfter' }),
      ...(status === 401 && { 'WWW-Authenticate': 'WwwAuthenticate' }),
    }),
    content: {
      'application/problem+json': {
        schema: refTo('schemas', ProblemSchema.$id as string),
        examples: Object.fromEntries(codes.map((code) => [code, refTo('examples', code)])),
      },
    },
  }
}

/** Problems that come with Retry-After. */
const RETRYABLE: readonly ProblemCode[] = ['idempotency_in_progress', 'rate_limited', 'unavailable']

const pascal = (code: string): string =>
  code.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

function usedTags(document: OpenApiDocument): { name: string; description: string }[] {
  const items = [...Object.values(document.paths), ...Object.values(document.webhooks ?? {})]
  const used = new Set(
    items.flatMap((item) => Object.values(item).flatMap((operation) => operation.tags ?? [])),
  )
  return Object.entries(tags).flatMap(([name, description]) =>
    used.has(name) ? [{ name, description }] : [],
  )
}
