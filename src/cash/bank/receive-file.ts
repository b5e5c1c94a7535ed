import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { limits } from '../../foundation/http/limits.ts'
import {
  type ReceivedFile,
  receivedFileOf,
  receiveFile,
  receiveFilesOf,
} from '../../foundation/http/received-file.ts'
import { Problem } from '../../foundation/problem.ts'

/** The media types a file may be sent as. What it is shows in the file itself. */
export const fileTypes = [
  'application/xml',
  'text/xml',
  'text/plain',
  'text/csv',
  'application/zip',
  'application/octet-stream',
] as const

/** Lets a server take files as bodies, or as the part of a form. They are gone once the request is dealt with. */
export async function receiveFiles(http: FastifyInstance): Promise<void> {
  http.removeAllContentTypeParsers()
  receiveFilesOf(http, fileTypes, limits.bankFileBytesMax)
  await http.register(multipart, { limits: { files: 1, fields: 0, fileSize: Infinity } })
}

/** The file a request has brought. */
export async function receivedFile(request: FastifyRequest): Promise<ReceivedFile> {
  if (request.isMultipart()) {
    const part = request.file().catch(refuseForm)
    boundForm(request)
    const { file: body } = (await part) ?? {}
    if (body !== undefined) await receiveFile(request, body, limits.bankFileBytesMax, FORM_BYTES)
  }
  const file = receivedFileOf(request)
  if (file === undefined || file.byteCount === 0)
    throw new Problem('malformed_request', { detail: 'The request holds no file.' })
  return file
}

/** What the parser of forms finds wrong by itself it throws as a plain error, without a status: the caller's fault. */
function refuseForm(error: Error & { statusCode?: number }): never {
  if (error.statusCode !== undefined) throw error
  throw new Problem('malformed_request', { detail: 'The form cannot be read.' }, error)
}

/** A form may be no longer than its file may, wherever in it the bytes are: else its connection is cut. */
function boundForm({ raw }: FastifyRequest): void {
  let byteCount = 0
  raw.on('data', (piece: Buffer) => {
    byteCount += piece.length
    if (byteCount > limits.bankFileBytesMax + FORM_BYTES) raw.destroy()
  })
}

/** What a form may add around its file. */
const FORM_BYTES = 4_096
