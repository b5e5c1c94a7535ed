/** A job that runs once per local day of every tenant, in this order when several are due at one instant. */
export interface Slot {
  job: JobName
  /** Local time `HH:MM`; null for the tenant's own `dunning_time`. */
  at: string | null
}

/**
 * The timetable of the day: when to look. Which command does the work stands in `schedule.ts`. A time that daylight
 * saving skips is reached right after the gap; one that it repeats counts once.
 */
export const timetable = [
  { job: 'announce_overdue', at: '00:00' },
  { job: 'collect_debits', at: '00:05' },
  { job: 'lapse_mandates', at: '00:10' },
  { job: 'credit_night', at: '00:30' },
  { job: 'verify_ledger', at: '03:00' },
  { job: 'dunning_run', at: null },
] as const satisfies readonly { job: string; at: string | null }[]

export type JobName =
  | 'announce_overdue'
  | 'collect_debits'
  | 'lapse_mandates'
  | 'credit_night'
  | 'verify_ledger'
  | 'dunning_run'
