import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { limits } from '../../foundation/http/limits.ts'
import { Problem } from '../../foundation/problem.ts'

/** A file on its way through: on disk, so that uploads take no memory however large and however many they are. */
export interface ReceivedFile {
  path: string
  byteCount: number
  sha256: Buffer
}

/** The media types a file may be sent as. What it is shows in the file itself. */
export const fileTypes = [
  'application/xml',
  'text/xml',
  'text/plain',
  'text/csv',
  'application/zip',
  'application/octet-stream',
] as const

const received = new WeakMap<FastifyRequest, ReceivedFile>()

/** Lets a server take files as bodies, or as the part of a form. They are gone once the request is dealt with. */
export async function receiveFiles(http: FastifyInstance): Promise<void> {
  http.removeAllContentTypeParsers()
  http.addContentTypeParser([...fileTypes], async (request: FastifyRequest, body: Readable) => {
    await receive(request, body)
    return ''
  })
  await http.register(multipart, { limits: { files: 1, fields: 0, fileSize: Infinity } })
  http.addHook('onSend', async (_request, reply) => {
    // Whoever sends too much goes on sending: the connection is of no more use.
    if (reply.statusCode === 413) reply.header('connection', 'close')
  })
  http.addHook('onResponse', discardFile)
}

/** Takes the file of a request away; whoever has hung up gets no response that could do it. */
export async function discardFile(request: FastifyRequest): Promise<void> {
  const file = received.get(request)
  if (file !== undefined) await rm(file.path, { force: true })
}

/** The file a request has brought. */
export async function receivedFile(request: FastifyRequest): Promise<ReceivedFile> {
  if (request.isMultipart()) {
    const part = request.file()
    boundForm(request)
    const { file: body } = (await part) ?? {}
    if (body !== undefined) await receive(request, body)
  }
  const file = received.get(request)
  if (file === undefined || file.byteCount === 0)
    throw new Problem('malformed_request', { detail: 'The request holds no file.' })
  return file
}

/** A form may be no longer than its file may, wherever in it the bytes are: else its connection is cut. */
function boundForm({ raw }: FastifyRequest): void {
  let byteCount = 0
  raw.on('data', (piece: Buffer) => {
    byteCount += piece.length
    if (byteCount > limits.bankFileBytesMax + FORM_BYTES) raw.destroy()
  })
}

async function receive(request: FastifyRequest, body: Readable): Promise<void> {
  const tooLarge = () => new Problem('payload_too_large', { limit_bytes: limits.bankFileBytesMax })
  if (Number(request.headers['content-length'] ?? 0) > limits.bankFileBytesMax + FORM_BYTES)
    throw tooLarge()
  const path = join(tmpdir(), `receivables-${randomUUID()}`)
  const hash = createHash('sha256')
  let byteCount = 0
  try {
    await pipeline(
      body,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          byteCount += piece.length
          if (byteCount > limits.bankFileBytesMax) throw tooLarge()
          hash.update(piece)
          yield piece
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  received.set(request, { path, byteCount, sha256: hash.digest() })
}

/** What a form may add around its file. */
const FORM_BYTES = 4_096
