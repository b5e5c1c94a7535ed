/** The parts of an OpenAPI document that are worked on here; everything else passes through as it is. */
export interface OpenApiDocument {
  openapi: string
  info: Record<string, unknown>
  servers?: unknown[]
  tags?: { name: string; description: string }[]
  paths: Record<string, PathItem>
  webhooks?: Record<string, PathItem>
  components: Components
}

export type PathItem = Record<string, DocumentedOperation>

export interface Components {
  schemas: Record<string, Schema>
  responses?: Record<string, Response>
  parameters?: Record<string, Parameter>
  examples?: Record<string, Json>
  headers?: Record<string, Json>
  securitySchemes?: Record<string, Json>
}

/** What an operation causes to be called, by name and by the expression that says where. */
export type Callbacks = Record<string, Record<string, PathItem>>

export interface DocumentedOperation {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: (Parameter | Reference)[]
  requestBody?: {
    required?: boolean
    description?: string
    content: Record<string, Media>
  }
  responses: Record<string, Response | Reference>
  callbacks?: Callbacks
  security?: Record<string, string[]>[]
  [extension: `x-${string}`]: unknown
}

export interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  required?: boolean
  description?: string
  schema: Schema
  style?: string
  explode?: boolean
  example?: unknown
}

export interface Response {
  description: string
  headers?: Record<string, Reference>
  content?: Record<string, Media>
}

/** One form of a body. */
export interface Media {
  schema: Schema | Reference
  example?: unknown
  examples?: Record<string, Reference>
}

export interface Reference {
  $ref: string
}

export type Json = Record<string, unknown>
export type Schema = Json
