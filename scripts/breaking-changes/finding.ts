/** Which way a value goes: what a client sends must not be asked for more, what it gets must not hold less. */
export type Direction = 'request' | 'answer'

/** One change that breaks a client that was right before it. */
export interface Finding {
  /** Where: an operation or a component, and what in it. */
  place: string
  /** What is different, from the client's point of view. */
  change: string
}

export type Report = (place: string, change: string) => void

/** A finding in one line, which is also how it is accepted. */
export const lineOf = ({ place, change }: Finding): string => `${place}: ${change}`
