import { groupBy } from '../../group.ts'
import { pascalCase } from '../../pascal-case.ts'
import { refTo } from './references.ts'
import type {
  DocumentedOperation,
  OpenApiDocument,
  Parameter,
  Reference,
  Response,
} from './types.ts'

/** A place where something is written out, and could be referred to instead. */
interface Place<T> {
  value: T
  refer: (reference: Reference) => void
}

/**
 * Writes out once what several operations say alike, as components: their parameters and their refusals. A reader and
 * the compiler of generated types then have that much less to go through.
 */
export function shareAlike(document: OpenApiDocument): void {
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
  share(document, 'parameters', operations.flatMap(parametersIn), parameterName)
  share(document, 'responses', operations.flatMap(refusalsIn), refusalName)
}

function share<T extends object>(
  document: OpenApiDocument,
  section: 'parameters' | 'responses',
  places: Place<T>[],
  nameOf: (value: T) => string,
): void {
  const groups = [...groupBy(places, ({ value }) => JSON.stringify(value)).values()]
  const components = { ...document.components[section] } as Record<string, T>
  // Of two that differ and would have the same name, the more frequent one has it; the other stays where it is.
  for (const group of groups.sort((a, b) => b.length - a.length)) {
    const [first] = group
    if (first === undefined || group.length === 1) continue
    const name = nameOf(first.value)
    if (name in components) continue
    components[name] = first.value
    for (const { refer } of group) refer(refTo(section, name))
  }
  document.components[section] = components as never
}

const place = <T>(holder: Record<string, T | Reference>, key: string, value: T): Place<T> => ({
  value,
  refer: (reference) => {
    holder[key] = reference
  },
})

const parametersIn = ({ parameters = [] }: DocumentedOperation): Place<Parameter>[] =>
  parameters.flatMap((parameter, index) =>
    '$ref' in parameter ? [] : [place(parameters as never, String(index), parameter)],
  )

const refusalsIn = ({ responses }: DocumentedOperation): Place<Response>[] =>
  Object.entries(responses).flatMap(([status, response]) =>
    '$ref' in response || status < '400' ? [] : [place(responses, status, response)],
  )

/** `LimitInQuery`; an `id` in a path is told apart by what it names: `CustomerIdInPath`. */
const parameterName = ({ name, in: where, description = '' }: Parameter): string =>
  pascalCase(`${name === 'id' ? description.replace(/^The |\.$/g, '') : ''} ${name} in ${where}`)

/** `InsufficientScopeOrTenantUnknown`. */
const refusalName = ({ content }: Response): string =>
  Object.keys(content?.['application/problem+json']?.examples ?? {})
    .map(pascalCase)
    .join('Or')
