import { belgianConsumer } from './belgium.ts'
import { europeanBusiness } from './european-union.ts'
import { germanBusiness, germanConsumer } from './germany.ts'
import { dutchConsumer } from './netherlands.ts'
import type { PolicyTemplate } from './template.ts'
import { britishBusiness } from './united-kingdom.ts'

/** The policies we ship to begin with. */
export const policyTemplates: readonly PolicyTemplate[] = [
  germanBusiness,
  germanConsumer,
  europeanBusiness,
  dutchConsumer,
  belgianConsumer,
  britishBusiness,
]
