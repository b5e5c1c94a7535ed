import { STATUS_CODES } from 'node:http'
import { type ProblemCode, problems } from '../../problem.ts'
import { ProblemSchema } from '../problem-answers.ts'
import type { AnyOperation } from './document.ts'
import { problemsOf } from './problems-of.ts'
import { refTo, resolve } from './references.ts'
import type { DocumentedOperation, OpenApiDocument, Reference, Response } from './types.ts'

/** Everything an operation may be answered with, by status: what it was asked for, and its refusals. */
export const allAnswersOf = (
  documented: DocumentedOperation,
  operation: AnyOperation,
  tagged: boolean,
): Record<string, Response> => ({
  ...answersOf(documented, operation, tagged),
  ...problemAnswersOf(operation),
})

/** True when a success carries the version that makes its ETag. */
export function answersWithVersion(
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
  tagged: boolean,
): Record<string, Response> {
  const answers: Record<string, Response> = {}
  for (const [status, answer] of Object.entries(responses) as [string, Response][]) {
    if (!status.startsWith('2')) continue
    const { description, content } = answer
    answers[status] = {
      description: description === 'Default Response' ? `${STATUS_CODES[status]}.` : description,
      headers: headersWith({
        ...(tagged && content && { ETag: 'ETag' }),
        ...((status === '201' || status === '202') && { Location: 'Location' }),
        ...(operation.method === 'POST' && { 'Idempotent-Replayed': 'IdempotentReplayed' }),
        ...(operation.deprecated && { Deprecation: 'Deprecation', Sunset: 'Sunset', Link: 'Link' }),
      }),
      ...(content && { content }),
    }
  }
  if (operation.method === 'GET' && tagged) {
    answers['304'] = {
      description: 'What you have is still current.',
      headers: headersWith({ ETag: 'ETag' }),
    }
  }
  return answers
}

/** The headers of every answer, and those of this one. */
function headersWith(more: Record<string, string>): Record<string, Reference> {
  const names = {
    'Request-Id': 'RequestId',
    RateLimit: 'RateLimit',
    'RateLimit-Policy': 'RateLimitPolicy',
    ...more,
  }
  return Object.fromEntries(
    Object.entries(names).map(([header, name]) => [header, refTo('headers', name)]),
  )
}

/** The refusals of an operation by status. */
function problemAnswersOf(operation: AnyOperation): Record<string, Response> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of problemsOf(operation)) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, problemAnswer(status, codes)]),
  )
}

function problemAnswer(status: number, codes: ProblemCode[]): Response {
  const lines = codes.map((code) => `\`${code}\`: ${problems[code].title}.`)
  return {
    description:
      lines.length === 1 ? String(lines[0]) : lines.map((line) => `- ${line}`).join('\n'),
    headers: headersWith({
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
