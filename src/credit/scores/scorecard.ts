import { share, split } from '../../foundation/money.ts'
import type { Factor, Scorecard, ScoreFactor } from '../policies/policy.ts'

/** What each factor measures of a customer; null where there is nothing to measure. */
export type Figures = Record<Factor, number | null>

/** What a factor added to a score, and why. */
export interface ScoredFactor {
  factor: Factor
  figure: number | null
  /** 0 to 100, by the band of the figure. */
  points: number
  weight: number
  /** Its part of the score; those of all factors add up to it. */
  contribution: number
}

export interface Score {
  /** 0 to 100, the higher the better. */
  score: number
  scoreClass: string
  factors: ScoredFactor[]
}

/**
 * Scores a customer: the mean of the points of its factors by their weights, rounded once, halves up. What each factor
 * contributes is its share of that sum; what rounding leaves goes to the largest remainders.
 */
export function scoreOf(figures: Figures, { factors, classes }: Scorecard): Score {
  const scored = factors.map(({ factor, weight, ...rule }) => {
    const figure = figures[factor]
    return { factor, figure, points: pointsOf(figure, rule), weight }
  })
  const parts = scored.map(({ points, weight }) => points * weight)
  const earned = parts.reduce((sum, part) => sum + part, 0)
  const weights = scored.reduce((sum, { weight }) => sum + weight, 0)
  const score = share(earned, 1, weights)
  const contributions = earned === 0 ? parts : split(score, parts)
  return {
    score,
    scoreClass: classOf(score, classes),
    factors: scored.map((one, index) => ({ ...one, contribution: contributions[index] as number })),
  }
}

/** The points of the last band that the figure reaches; below the first, the first's. */
function pointsOf(
  figure: number | null,
  { bands, missing_points }: Pick<ScoreFactor, 'bands' | 'missing_points'>,
): number {
  if (figure === null) return missing_points
  const band = bands.findLast(({ from }) => figure >= from) ?? bands[0]
  if (band === undefined) throw new Error('a factor has bands')
  return band.points
}

function classOf(score: number, classes: Scorecard['classes']): string {
  const found = classes.find(({ from_score }) => score >= from_score)
  if (found === undefined) throw new Error('the last class begins at 0')
  return found.name
}
