import { lookup as systemLookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'
import { type Config, listed } from '../foundation/config.ts'

/**
 * Where webhooks may go. A URL is the one thing a tenant gives us that we then call, so it must never reach what only
 * we can reach (OWASP API7, server-side request forgery). The same rules hold when an endpoint is saved and, since
 * names can be re-pointed, on every connection.
 */
export interface Targets {
  /** Why this URL may not be called, or undefined when it may. Asks the DNS, so never call it in a transaction. */
  refusalOf(url: string): Promise<string | undefined>
  /** Connects like undici does, but to checked addresses only. */
  readonly connect: buildConnector.connector
  /** True when the last connection to this origin went into an allowed private network. */
  isPrivate(origin: string): boolean
}

/** Resolves a name to all of its addresses. */
export type Lookup = (hostname: string) => Promise<readonly { address: string; family: number }[]>

/** Thrown while connecting; the attempt fails with this message and nothing has been sent. */
export class TargetRefused extends Error {}

export const URL_LENGTH_MAX = 2048
const HTTPS_PORTS = new Set(['', '443', '8443'])
const CONNECT_TIMEOUT_MS = 10_000

/** Metadata services of cloud providers: they hand out credentials, so no setting opens them. */
const METADATA_ADDRESSES = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
])

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** What the operator allowed besides the public internet, over http and on any port too. */
export interface Allowed {
  /** Networks, such as `10.0.0.0/8`. */
  cidrs?: readonly string[]
  /** Names, wherever they lead, such as `erp.internal`; `*.internal` for every name below one. */
  hosts?: readonly string[]
}

/** The rules of this installation. */
export const targetsOf = (config: Config, lookup?: Lookup): Targets =>
  createTargets(
    { cidrs: listed(config.WEBHOOK_ALLOWED_CIDRS), hosts: listed(config.WEBHOOK_ALLOWED_HOSTS) },
    lookup,
  )

/** Builds the rules. */
export function createTargets(
  { cidrs = [], hosts = [] }: Allowed,
  lookup: Lookup = lookupAll,
): Targets {
  const allowed = cidrs.map((cidr) => ipaddr.parseCIDR(cidr) as Network)
  const privateOrigins = new Set<string>()
  const resolve = shareRunning(lookup)

  const isAllowed = (address: Address): boolean =>
    allowed.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    )

  const isAllowedHost = (host: string): boolean => {
    const name = host.replace(/\.$/, '')
    return hosts.some((one) => (one.startsWith('*.') ? name.endsWith(one.slice(1)) : name === one))
  }

  /** Why an address may not be called; https on its usual ports may reach the public internet. */
  function refusal(text: string, isOpen: boolean, isTrusted = false): string | undefined {
    if (!ipaddr.isValid(text)) return `${text} is not an address`
    const address = ipaddr.process(text)
    if (isMetadata(address)) return 'it leads to a metadata service'
    if (isTrusted || isAllowed(address)) return undefined
    if (!isPublic(address)) return 'it leads into a private or reserved network'
    return isOpen ? undefined : 'only https on port 443 or 8443 may leave the allowed networks'
  }

  async function refusalOf(text: string): Promise<string | undefined> {
    const url = parse(text)
    if (typeof url === 'string') return url
    const isOpen = isOpenDoor(url.protocol, url.port)
    const host = unbracketed(url.hostname)
    if (isIP(host) !== 0) return refusal(host, isOpen)
    const isTrusted = isAllowedHost(host)
    if (!isOpen && !isTrusted && allowed.length === 0) return 'it must be https on port 443 or 8443'
    const addresses = await resolve(host).catch(() => [])
    if (addresses.length === 0)
      return isOpen && isFullName(host) ? undefined : `the name ${host} has no address`
    return firstRefusal(addresses, isOpen, isTrusted)
  }

  const firstRefusal = (
    addresses: readonly { address: string }[],
    isOpen: boolean,
    isTrusted: boolean,
  ): string | undefined =>
    addresses
      .map(({ address }) => refusal(address, isOpen, isTrusted))
      .find((reason) => reason !== undefined)

  /** Every answer of the DNS must be allowed, and the connection goes to one of exactly these. */
  const lookupChecked =
    (isOpen: boolean): LookupFunction =>
    (hostname, options, done) => {
      resolve(hostname).then(
        (addresses) => {
          const reason =
            addresses.length === 0
              ? 'the name has no address'
              : firstRefusal(addresses, isOpen, isAllowedHost(hostname))
          if (reason !== undefined) return done(new TargetRefused(reason), '', 0)
          if (options.all) return done(null, [...addresses])
          const [first] = addresses as [{ address: string; family: number }]
          done(null, first.address, first.family)
        },
        (error: NodeJS.ErrnoException) => done(error, '', 0),
      )
    }

  const connectors = {
    open: buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: lookupChecked(true) }),
    closed: buildConnector({ timeout: CONNECT_TIMEOUT_MS, lookup: lookupChecked(false) }),
  }

  const connect: buildConnector.connector = (options, callback) => {
    const isOpen = isOpenDoor(options.protocol, options.port)
    const host = unbracketed(options.hostname)
    // Node does not ask `lookup` about literals, so they are checked here.
    const reason = isIP(host) === 0 ? undefined : refusal(host, isOpen)
    if (reason !== undefined) return callback(new TargetRefused(reason), null)
    connectors[isOpen ? 'open' : 'closed'](options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      const { remoteAddress = '' } = socket
      const origin = originOf(options)
      if (ipaddr.isValid(remoteAddress) && isPublic(ipaddr.process(remoteAddress)))
        privateOrigins.delete(origin)
      else privateOrigins.add(origin)
      callback(null, socket)
    })
  }

  return { refusalOf, connect, isPrivate: (origin) => privateOrigins.has(origin) }
}

/** A URL that is well formed for us, or why it is not. WHATWG parsing turns `0x7f.1` and its like into addresses. */
function parse(text: string): URL | string {
  if (text.length > URL_LENGTH_MAX) return `it is longer than ${URL_LENGTH_MAX} characters`
  if (!URL.canParse(text)) return 'it is not a URL'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'it must be https'
  if (url.username !== '' || url.password !== '') return 'it must not carry credentials'
  if (url.hash !== '' || text.includes('#')) return 'it must not have a fragment'
  if (url.port === '0') return 'port 0 is no port'
  return url
}

const isOpenDoor = (protocol: string | undefined, port: string | undefined): boolean =>
  protocol === 'https:' && HTTPS_PORTS.has(port ?? '')

const originOf = ({ protocol, host }: { protocol?: string; host?: string }): string =>
  `${protocol}//${host}`

const unbracketed = (host: string): string => (host.startsWith('[') ? host.slice(1, -1) : host)

/**
 * A name with a dot in it: a bare word is only ever found in a search domain, which is ours, and what ends in
 * `localhost` is always this machine (RFC 6761).
 */
const isFullName = (host: string): boolean => /\.(?!localhost\.?$)[^.]+\.?$/.test(host)

const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/** Public unicast, by the registries of special addresses of IANA. IPv6 gives out global addresses from one block only. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL_UNICAST)
}

/** Also when a metadata address is wrapped in an IPv6 address of NAT64 or 6to4. */
function isMetadata(address: Address): boolean {
  if (METADATA_ADDRESSES.has(address.toString())) return true
  if (address.kind() === 'ipv4') return false
  const bytes = address.toByteArray()
  const wrapped = bytes[0] === 0x20 && bytes[1] === 0x02 ? bytes.slice(2, 6) : bytes.slice(12)
  return METADATA_ADDRESSES.has(wrapped.join('.'))
}

const lookupAll: Lookup = (hostname) => systemLookup(hostname, { all: true })

/**
 * Lets connections that want the same name at the same time share one question: a name whose servers do not answer
 * then keeps one thread of the resolver busy, not all of them. Nothing is remembered beyond that.
 */
function shareRunning(lookup: Lookup): Lookup {
  const running = new Map<string, ReturnType<Lookup>>()
  return (hostname) => {
    const asked = running.get(hostname)
    if (asked !== undefined) return asked
    const asking = lookup(hostname).finally(() => running.delete(hostname))
    running.set(hostname, asking)
    return asking
  }
}
