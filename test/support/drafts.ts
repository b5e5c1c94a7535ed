import { randomUUID } from 'node:crypto'
import { resolve } from '../../src/foundation/http/openapi/references.ts'
import type {
  Json,
  Media,
  OpenApiDocument,
  Parameter,
} from '../../src/foundation/http/openapi/types.ts'
import { camt } from '../cash/bank/support.ts'
import { type Documented, parametersOf } from './document.ts'
import { type KnownIds, valuesOf } from './from-schema.ts'
import type { Chance } from './random.ts'
import type { DraftRequest } from './spoil.ts'

/** Cursors that lists have answered, by path. */
export type KnownCursors = Map<string, string>

/** Makes requests that the document allows, whatever the service thinks of them then. */
export function draftsOf(
  document: OpenApiDocument,
  ids: KnownIds,
  cursors: KnownCursors,
  chance: Chance,
) {
  const { sampleOf, withOwnIds } = valuesOf(document, ids, chance)

  return ({ method, path, operation }: Documented): DraftRequest => {
    const parameters = parametersOf(document, operation)
    const wanted = (place: Parameter['in']) =>
      parameters.filter(
        (parameter) =>
          parameter.in === place && (parameter.required === true || chance.happens(0.15)),
      )
    const content = Object.entries(operation.requestBody?.content ?? {})
    const [type, media] =
      content.length === 0
        ? []
        : chance.happens(0.8)
          ? (content[0] as [string, Media])
          : chance.pick(content)
    return {
      method,
      url: path.replace(/\{(\w+)\}/g, (_, variable: string) => {
        const parameter = parameters.find(({ name }) => name === variable) as Parameter
        return encodeURIComponent(textOf(parameter))
      }),
      query: wanted('query').map((parameter) => [parameter.name, queryValue(path, parameter)]),
      headers: {
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...Object.fromEntries(
          wanted('header')
            .filter(({ name }) => name !== 'Idempotency-Key')
            .map(({ name }) => [name.toLowerCase(), `"${chance.between(1, 3)}"`]),
        ),
        ...(type !== undefined && { 'content-type': type }),
      },
      body: media === undefined ? undefined : bodyOf(String(type), media),
    }
  }

  function textOf({ schema, example }: Parameter): string {
    const fixed =
      schema.pattern === undefined && schema.format === 'text' ? chance.happens(0.7) : false
    return String(
      fixed && example !== undefined ? example : sampleOf({ examples: [example], ...schema }),
    )
  }

  function queryValue(path: string, parameter: Parameter): string {
    if (parameter.name === 'wait') return '0'
    if (parameter.name === 'cursor') return cursors.get(path) ?? 'WyJ4IiwxXQ'
    const value = sampleOf({
      examples: parameter.example === undefined ? undefined : [parameter.example],
      ...parameter.schema,
    })
    return Array.isArray(value) ? value.join(',') : String(withOwnIds(value))
  }

  /** A bank statement nobody has sent yet, or one of them again. */
  function statement(): string {
    const amount = `${chance.between(1, 40)}.00`
    return camt({ entries: [{ amount, date: '2026-03-10', text: `RE ${chance.between(1, 9)}` }] })
  }

  function bodyOf(type: string, { schema, example, examples = {} }: Media): unknown {
    const shown = [
      example,
      ...Object.values(examples).map((one) => (one as unknown as Json).value),
      ...((resolve<Json>(document, schema).examples ?? []) as unknown[]),
    ].filter((one) => one !== undefined)
    if (!type.endsWith('json'))
      return type.endsWith('xml')
        ? statement()
        : chance.pick([...shown.map(String), 'name\nMuster GmbH\n'])
    if (shown.length > 0 && chance.happens(0.4)) return withOwnIds(chance.pick(shown))
    return sampleOf(schema as Json)
  }
}
