/** Bytes that belong together, from one side of a connection to PostgreSQL. */
export interface Frame {
  bytes: Buffer
  /** True when a statement ends here: from the client, when it is whole; from the server, when it is answered. */
  ends: boolean
  /** On the frame that ends an answer: what was done, such as `COMMIT`; otherwise empty. */
  done: string
}

const QUERY = 0x51
const SYNC = 0x53
const COMPLETE = 0x43
const READY = 0x5a

/**
 * Cuts what one side says into frames. Frames hold whole statements or whole answers, so that one that is held back is
 * as good as never said. The opening of a connection is one frame after the other of which none ends anything.
 */
export function framesOf(side: 'client' | 'server'): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0)
  let held: Buffer[] = []
  let isOpen = false
  let done = ''

  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const frames: Frame[] = []
    for (;;) {
      // Only the very first message of a client has no type before its length.
      const lengthAt = side === 'client' && !isOpen ? 0 : 1
      if (rest.length < lengthAt + 4) break
      const end = lengthAt + rest.readUInt32BE(lengthAt)
      if (rest.length < end) break
      const type = lengthAt === 0 ? 0 : (rest[0] as number)
      const message = rest.subarray(0, end)
      rest = rest.subarray(end)
      held.push(message)
      if (type === COMPLETE && side === 'server') done = message.subarray(5, -1).toString()
      const ends = isOpen && (side === 'client' ? type === QUERY || type === SYNC : type === READY)
      const isPart = isOpen && (side === 'client' ? STATEMENT_PARTS.has(type) : type !== READY)
      if (side === 'client' || type === READY) isOpen = true
      if (isPart) continue
      frames.push({ bytes: Buffer.concat(held), ends, done: ends ? done : '' })
      held = []
      if (ends) done = ''
    }
    return frames
  }
}

/** Parse, Bind, Describe, Execute, Close: what comes before the Sync that ends a statement. */
const STATEMENT_PARTS = new Set([0x50, 0x42, 0x44, 0x45, 0x43])
