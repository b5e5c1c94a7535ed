import type { Static, TObject, TProperties } from '@sinclair/typebox'
import type { Instant } from '../../foundation/calendar.ts'
import type { Tx } from '../../foundation/database/commit.ts'
import { type Kind, publicId } from '../../foundation/id.ts'
import type { ProblemCode } from '../../foundation/problem.ts'
import type { Change } from '../table.ts'

/**
 * Something that the outside world would do. It acts through the commands of the wings it concerns, never on their
 * tables, so that events and books are as if it had really happened.
 */
export interface Simulator<P extends TProperties = TProperties> {
  name: string
  /** What happens, for the reader of the reference. */
  description: string
  /** What it has to be told; a closed object. */
  parameters: P
  example: Static<TObject<P>>
  /** What can be wrong with what it names. */
  problems: readonly ProblemCode[]
  /** When it happens unless the caller says so; at once where there is no rule. */
  when?: (tx: Tx, parameters: Static<TObject<P>>) => Promise<Instant>
  /** Does it, and answers what it made or changed. */
  run: (tx: Tx, parameters: Static<TObject<P>>) => Promise<Change[]>
}

/** A simulator among others; its parameters have been validated by its own schema. */
export interface AnySimulator extends Omit<Simulator, 'example' | 'when' | 'run'> {
  example: Record<string, unknown>
  // biome-ignore lint/suspicious/noExplicitAny: the parameters are typed where a simulator is defined
  when?: (tx: Tx, parameters: any) => Promise<Instant>
  // biome-ignore lint/suspicious/noExplicitAny: the parameters are typed where a simulator is defined
  run: (tx: Tx, parameters: any) => Promise<Change[]>
}

/** Types a simulator by its own parameters, and takes it in among the others. */
export const simulator = <P extends TProperties>(one: Simulator<P>): AnySimulator => one

/** A resource that was made or changed. */
export const change = (object: Kind, uuid: string): Change => ({
  object,
  id: publicId(object, uuid),
})
