import type { Components, Json, OpenApiDocument, Reference } from './types.ts'

/** A reference to a component. */
export const refTo = (section: keyof Components, name: string): Reference => ({
  $ref: `#/components/${section}/${name}`,
})

/** The component behind a reference; anything else is itself. */
export function resolve<T extends object>(document: OpenApiDocument, value: T | Reference): T {
  if (!('$ref' in value)) return value
  const [section = '', name = ''] = value.$ref.replace('#/components/', '').split('/')
  return (document.components as unknown as Record<string, Record<string, T>>)[section]?.[name] as T
}

/** Calls `visit` with every object below a value, the value itself first. */
export function walk(value: unknown, visit: (object: Json) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) visit(value as Json)
  for (const child of Object.values(value)) walk(child, visit)
}

/**
 * Leaves only the components that the operations reach, each section in alphabetical order, so that the document
 * neither offers what nobody sends nor changes with the order in which files are loaded.
 */
export function keepUsedComponents(document: OpenApiDocument): void {
  const used = new Set<string>()
  const follow = (value: unknown): void =>
    walk(value, ({ $ref }) => {
      if (typeof $ref !== 'string' || used.has($ref)) return
      used.add($ref)
      follow(resolve(document, { $ref }))
    })
  follow(document.paths)
  follow(document.webhooks)
  const sections = document.components as unknown as Record<string, Json>
  for (const [section, components] of Object.entries(sections)) {
    if (section === 'securitySchemes') continue
    const kept = Object.keys(components).filter((name) =>
      used.has(`#/components/${section}/${name}`),
    )
    sections[section] = Object.fromEntries(kept.sort().map((name) => [name, components[name]]))
  }
}
