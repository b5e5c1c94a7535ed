import selectSerializer from '@fastify/fast-json-stringify-compiler'

type Schema = Record<string, unknown>
type Serialize = (answer: unknown) => string
type Build = (definition: { schema: Schema }) => Serialize

const build = selectSerializer.SerializerSelector() as unknown as (
  shared: Schema,
  options: object,
) => Build

/**
 * Serializers that are compiled when they are first needed, one per named schema however many operations answer with
 * it, and with only the schemas it can reach: compiling all of them for every answer of every operation would take
 * longer than the rest of a start together.
 */
export function buildSerializers(shared: Record<string, Schema>, options: object) {
  const compiled = new Map<string, Serialize>()
  return ({ schema }: { schema: Schema }): Serialize => {
    let own: Serialize | undefined
    const compile = () => build(reachable(schema, shared), options)({ schema })
    return (answer) => {
      const name = schema.$ref
      if (typeof name !== 'string') {
        own ??= compile()
        return own(answer)
      }
      const known = compiled.get(name)
      if (known !== undefined) return known(answer)
      const made = compile()
      compiled.set(name, made)
      return made(answer)
    }
  }
}

/** The shared schemas that a schema refers to, directly or through others. */
function reachable(from: Schema, shared: Record<string, Schema>): Record<string, Schema> {
  const found: Record<string, Schema> = {}
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      const name = key === '$ref' && typeof inner === 'string' ? inner.replace(/#$/, '') : undefined
      const schema = name === undefined ? undefined : shared[name]
      if (name === undefined || schema === undefined) visit(inner)
      else if (found[name] === undefined) {
        found[name] = schema
        visit(schema)
      }
    }
  }
  visit(from)
  return found
}
