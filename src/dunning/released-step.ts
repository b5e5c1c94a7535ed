import type { DunnedItem } from './dunned-items.ts'
import type { Level } from './policy.ts'
import type { NoticeRow } from './table.ts'

/** An item that a notice lifts to a level. */
export interface ReleasedStep {
  item: DunnedItem
  /** The level it reaches, as its policy defines it. */
  level: Level
  notice: Pick<NoticeRow, 'id'>
}
