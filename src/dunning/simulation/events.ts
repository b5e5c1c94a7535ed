import type { Fact } from '../../events/announce.ts'
import type { EventType } from '../../events/catalogue.ts'
import type { Reader } from '../../foundation/database/frame.ts'
import { simulationToJson } from './schema.ts'
import type { SimulationRow } from './table.ts'

export const simulationFact = (
  type: Extract<EventType, `dunning_simulation.${string}`>,
  simulation: SimulationRow,
  reader: Pick<Reader, 'tenant'>,
): Fact => ({
  type,
  entity: { kind: 'dunning_simulation', id: simulation.id, sequence: simulation.version },
  customerId: null,
  object: simulationToJson(simulation, reader),
})
