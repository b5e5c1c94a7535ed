import { type Proposal, type Reason, scoreOf } from './match.ts'

const PROPOSALS_MAX = 5
/** Proposals this close to each other are rivals. */
const RIVAL_POINTS = 10

/**
 * The best first, each only once. Where something else is nearly as likely, forgetting what speaks against it, neither
 * is sure.
 */
export function rankProposals(proposals: readonly Proposal[]): Proposal[] {
  const distinct = new Map<string, Proposal>()
  for (const proposal of proposals) {
    const key = [proposal.customerId, ...proposal.shares.map(({ itemId }) => itemId).sort()].join()
    if (proposal.score > (distinct.get(key)?.score ?? 0)) distinct.set(key, proposal)
  }
  const all = [...distinct.values()]
  return all
    .map((proposal) => {
      const rival = all.find(
        (other) => other !== proposal && likelihoodOf(other) >= proposal.score - RIVAL_POINTS,
      )
      if (rival === undefined) return proposal
      const doubt: Reason = { code: 'rival', weight: -30, inputs: { score: rival.score } }
      const reasons = [...proposal.reasons, doubt]
      return { ...proposal, reasons, score: scoreOf(reasons) }
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, PROPOSALS_MAX)
}

const likelihoodOf = ({ reasons }: Proposal): number =>
  scoreOf(reasons.filter(({ weight }) => weight > 0))
