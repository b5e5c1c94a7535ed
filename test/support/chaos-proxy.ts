import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'
import { framesOf } from './postgres-frames.ts'

/** Waits for its boundary, and strikes there. */
interface Fault {
  /** At how many more boundaries of its kind it strikes. */
  left: number
  /** Whether a boundary is of its kind, by what the database says it has done there: `COMMIT`; empty on the way to it. */
  isOfKind: (done: string) => boolean
  strike: () => void
}

/** Something that strikes once. */
export interface Trap {
  /** True once it struck. */
  struck(): boolean
  disarm(): void
}

/** Stands between the service and its PostgreSQL, knows their protocol, and does what networks and deaths do. */
export interface ChaosProxy {
  /** The address of the database through the proxy. */
  url: string
  /**
   * Strikes at the nth boundary from now, counted from one: between what a process has said and the database not yet
   * heard, or between what the database has answered and the process not yet heard.
   */
  atBoundary(nth: number, strike?: () => void): Trap
  /** Strikes between the database and the nth answer from now that says COMMIT: it is done, and nobody hears of it. */
  atCommit(nth: number, strike?: () => void): Trap
  /** Ends every connection, as the death of the process at its other end does. */
  cut(): void
  /** Every chunk takes so long, either way. */
  slow(ms: number): void
  /** Nothing passes any more, over connections old and new, and nothing is closed: a peer that vanished. */
  silence(): void
  /** Ends every connection, and everybody who comes is reset: nothing lives at one of the ends. */
  refuse(): void
  /** All is well again; what was swallowed in a silence is lost, with its connections. */
  heal(): void
  /** Ends every connection, and leads whoever comes to another server: the name of the database has moved there. */
  leadTo(databaseUrl: string): void
}

/** Puts a proxy before a database; it ends with the test. */
export async function chaosProxy(
  t: { teardown(handler: () => Promise<void>): void },
  databaseUrl: string,
): Promise<ChaosProxy> {
  let database = new URL(databaseUrl)
  const connections = new Set<Socket>()
  const faults = new Set<Fault>()
  let mood: 'well' | 'silent' | 'refusing' = 'well'
  let delayMs = 0

  /** False when a fault struck there, so that nothing passes any more. */
  const passes = (done: string): boolean => {
    for (const fault of faults) {
      if (!fault.isOfKind(done)) continue
      fault.left -= 1
      if (fault.left > 0) continue
      faults.delete(fault)
      fault.strike()
      return false
    }
    return true
  }
  const cut = () => {
    for (const socket of connections) socket.destroy()
  }
  const trap = (nth: number, isOfKind: Fault['isOfKind'], strike = cut): Trap => {
    let struck = false
    const fault = {
      left: nth,
      isOfKind,
      strike: () => {
        struck = true
        strike()
      },
    }
    faults.add(fault)
    return { struck: () => struck, disarm: () => void faults.delete(fault) }
  }

  const relay = (from: Socket, to: Socket, side: 'client' | 'server') => {
    const frames = framesOf(side)
    from.on('data', (chunk) => {
      if (mood !== 'well') return
      for (const { bytes, ends, done } of frames(chunk)) {
        if (ends && !passes(done)) return
        if (delayMs > 0) setTimeout(() => to.write(bytes), delayMs)
        else to.write(bytes)
      }
    })
    from.on('error', () => undefined)
    from.on('close', () => {
      connections.delete(from)
      if (mood !== 'silent') to.destroy()
    })
    connections.add(from)
  }
  const server = createServer((client) => {
    if (mood === 'refusing') return void client.resetAndDestroy()
    const upstream = createConnection(Number(database.port), database.hostname)
    for (const socket of [client, upstream]) socket.setNoDelay(true)
    relay(client, upstream, 'client')
    relay(upstream, client, 'server')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    cut()
    server.close()
  })
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: url.href,
    atBoundary: (nth, strike) => trap(nth, () => true, strike),
    atCommit: (nth, strike) => trap(nth, (done) => done === 'COMMIT', strike),
    cut,
    slow(ms) {
      delayMs = ms
    },
    silence() {
      mood = 'silent'
    },
    refuse() {
      mood = 'refusing'
      cut()
    },
    heal() {
      if (mood === 'silent') cut()
      mood = 'well'
      delayMs = 0
    },
    leadTo(url) {
      database = new URL(url)
      cut()
    },
  }
}
