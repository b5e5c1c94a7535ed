/**
 * The area under the ROC curve: how often one that happened was scored above one that did not; a tie counts half (the
 * Mann-Whitney statistic). 0.5 is chance, 1 is perfect; not a number while all or none happened.
 */
export function auc(scored: readonly { score: number; happened: boolean }[]): number {
  const ascending = [...scored].sort((a, b) => a.score - b.score)
  let rankSum = 0
  for (let first = 0; first < ascending.length; ) {
    let next = first
    while (next < ascending.length && ascending[next]?.score === ascending[first]?.score) next += 1
    const sharedRank = (first + 1 + next) / 2
    rankSum += sharedRank * ascending.slice(first, next).filter(({ happened }) => happened).length
    first = next
  }
  const happened = ascending.filter((one) => one.happened).length
  return (rankSum - (happened * (happened + 1)) / 2) / (happened * (ascending.length - happened))
}

/** The mean of how far each forecast was from what came, whatever its sign. */
export const meanAbsoluteError = (pairs: readonly { forecast: number; came: number }[]): number =>
  pairs.reduce((sum, { forecast, came }) => sum + Math.abs(forecast - came), 0) / pairs.length
