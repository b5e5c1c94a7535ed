import { isNetwork } from '../../foundation/config.ts'
import { invalidFields } from '../../foundation/problem.ts'

/** Refuses what has the form of a network and is none, each with its place. */
export function requireNetworks(cidrs: readonly string[] = []): void {
  const wrong = cidrs.flatMap((cidr, at) =>
    isNetwork(cidr)
      ? []
      : [
          {
            pointer: `#/allowed_cidrs/${at}`,
            code: 'network',
            detail: 'must be a network in CIDR form, 203.0.113.0/24 or 2001:db8::/48',
            params: { network: cidr },
          },
        ],
  )
  if (wrong.length > 0) throw invalidFields(...wrong)
}
