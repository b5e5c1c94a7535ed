import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { rememberBody } from './raw-body.ts'

/** A file on its way through: on disk, so that uploads take no memory however large and however many they are. */
export interface ReceivedFile {
  path: string
  byteCount: number
  sha256: Buffer
  /** What it was sent as, in lower case and without parameters. */
  mediaType: string
}

const received = new WeakMap<FastifyRequest, ReceivedFile>()

/** The file a request has brought; undefined when it brought none. */
export const receivedFileOf = (request: FastifyRequest): ReceivedFile | undefined =>
  received.get(request)

/** Lets a server take files of these types as bodies. They are gone once the request is dealt with. */
export function receiveFilesOf(
  http: FastifyInstance,
  types: readonly string[],
  bytesMax: number,
): void {
  http.addContentTypeParser([...types], async (request: FastifyRequest, body: Readable) => {
    await receiveFile(request, body, bytesMax)
    return ''
  })
  http.addHook('onSend', async (_request, reply) => {
    // Whoever sends too much goes on sending: the connection is of no more use.
    if (reply.statusCode === 413) reply.header('connection', 'close')
  })
  // Also when whoever has sent it hangs up and gets no response.
  http.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => void discardFile(request).catch(() => undefined))
  })
}

/** Takes the file of a request away; whoever has hung up gets no response that could do it. */
export async function discardFile(request: FastifyRequest): Promise<void> {
  const file = received.get(request)
  if (file !== undefined) await rm(file.path, { force: true })
}

/** Writes a file to disk as it comes. What is around it in the body may take `aroundBytes` more. */
export async function receiveFile(
  request: FastifyRequest,
  body: Readable,
  bytesMax: number,
  aroundBytes = 0,
): Promise<void> {
  const tooLarge = () => new Problem('payload_too_large', { limit_bytes: bytesMax })
  if (Number(request.headers['content-length'] ?? 0) > bytesMax + aroundBytes) throw tooLarge()
  const path = join(tmpdir(), `receivables-${randomUUID()}`)
  const hash = createHash('sha256')
  let byteCount = 0
  try {
    await pipeline(
      body,
      async function* (pieces: AsyncIterable<Buffer>) {
        for await (const piece of pieces) {
          byteCount += piece.length
          if (byteCount > bytesMax) throw tooLarge()
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
  const sha256 = hash.digest()
  const mediaType =
    String(request.headers['content-type']).split(';')[0]?.trim().toLowerCase() ?? ''
  received.set(request, { path, byteCount, sha256, mediaType })
  rememberBody(request, sha256.toString('hex'))
}
