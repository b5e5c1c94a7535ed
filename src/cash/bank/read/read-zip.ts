import { fromBufferPromise, type Entry as ZipEntry, type ZipFile } from 'yauzl'
import { FileFault } from './fault.ts'
import { zipLimits } from './limits.ts'

/** One file inside a zip. */
export interface Unzipped {
  name: string
  bytes: Uint8Array
}

/** True for what begins as a zip does. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)

/**
 * Unpacks a zip, one file after another. What it would come to is known before any of it is unpacked, and yauzl holds
 * each file to what it promised.
 */
export async function* unzip(bytes: Buffer): AsyncGenerator<Unzipped> {
  const zip = await refusing('', () =>
    fromBufferPromise(bytes, { lazyEntries: true, autoClose: false }),
  )
  const entries = await refusing('', () => listed(zip))
  const total = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0)
  if (total > zipLimits.bytesMax)
    throw new FileFault('limit_exceeded', `more than ${zipLimits.bytesMax} bytes in the zip`)
  for (const entry of entries) {
    requireHonest(entry)
    const unpacked = await refusing(entry.fileName, () => unpack(zip, entry))
    if (isZip(unpacked))
      throw new FileFault('zip_invalid', 'a zip inside a zip', { entry: entry.fileName })
    yield { name: entry.fileName, bytes: unpacked }
  }
}

function requireHonest(entry: ZipEntry): void {
  const place = { entry: entry.fileName }
  if (entry.isEncrypted()) throw new FileFault('zip_invalid', 'the file is encrypted', place)
  if (entry.uncompressedSize > zipLimits.entryBytesMax)
    throw new FileFault('limit_exceeded', `more than ${zipLimits.entryBytesMax} bytes`, place)
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize)
  if (entry.uncompressedSize > zipLimits.ratioFreeBytes && ratio > zipLimits.ratioMax)
    throw new FileFault('limit_exceeded', 'the file is packed too tightly to be a statement', place)
}

/** The files in a zip, in their order; folders and what macOS adds by itself are no files of ours. */
async function listed(zip: ZipFile): Promise<ZipEntry[]> {
  const list: ZipEntry[] = []
  for await (const entry of zip.eachEntry()) {
    if (!/\/$|^__MACOSX\//.test(entry.fileName)) list.push(entry)
    if (list.length > zipLimits.entriesMax)
      throw new FileFault('limit_exceeded', `more than ${zipLimits.entriesMax} files in the zip`)
  }
  return list
}

/** Into one buffer of the size the entry promises: the limits of the thread do not cover what buffers hold. */
async function unpack(zip: ZipFile, entry: ZipEntry): Promise<Buffer> {
  const unpacked = Buffer.alloc(entry.uncompressedSize)
  let length = 0
  for await (const piece of await zip.openReadStreamPromise(entry))
    length += (piece as Buffer).copy(unpacked, length)
  return unpacked
}

/** Whatever is wrong with a zip is a fault of the file. */
async function refusing<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof FileFault) throw error
    const place = name === '' ? {} : { entry: name }
    throw new FileFault('zip_invalid', (error as Error).message.slice(0, 200), place)
  }
}
