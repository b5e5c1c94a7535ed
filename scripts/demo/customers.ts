import type { Chance } from '../../src/sandbox/chance.ts'
import { type MannerName, manners } from './manners.ts'

export interface Customer {
  /** What the ERP knows it by. */
  number: string
  name: string
  kind: 'business' | 'consumer'
  country: string
  language: string
  email: string
  netDays: number
  /** How much it buys; one is usual. */
  size: number
  manner: MannerName
}

const FAMILIES =
  'Albers Brandt Carstens Dierks Ehlers Friedrich Gerdes Harms Ihde Jansen Kruse Lorenz Martens Nissen Ohlsen Petersen Quast Reimers Schröder Thomsen Ulrich Voss Wulff Ziegler Behrens Claussen Drews Fabian Hinrichs Keller'.split(
    ' ',
  )
const GIVEN =
  'Anna Bernd Clara David Elif Frank Greta Hannes Ines Jonas Katrin Lars Mira Nils Olga Paul'.split(
    ' ',
  )
const TRADES =
  'Elektrotechnik Haustechnik Solartechnik Gebäudetechnik Metallbau Lichtplanung Netzbau Kältetechnik Anlagenbau Sicherheitstechnik'.split(
    ' ',
  )
const FORMS = ['GmbH', 'GmbH', 'GmbH', 'GmbH & Co. KG', 'e. K.', 'AG']
const TERMS = [14, 30, 30]
const CONSUMER_SHARE = 0.08
const ABROAD_SHARE = 0.15

const names = Object.keys(manners) as MannerName[]
const shares = names.map((name) => manners[name].share)

/** Makes up a customer. Family names and trades take turns, so that names differ. */
export function makeCustomer(index: number, chance: Chance): Customer {
  const family = FAMILIES[index % FAMILIES.length] as string
  const round = Math.floor(index / FAMILIES.length)
  const trade = TRADES[(index + round) % TRADES.length] as string
  const isConsumer = chance.is(CONSUMER_SHARE)
  const isAbroad = chance.is(ABROAD_SHARE)
  const country = isAbroad ? chance.one(['AT', 'NL']) : 'DE'
  const number = `K-${10_001 + index}`
  return {
    number,
    name: isConsumer
      ? `${chance.one(GIVEN)} ${family}`
      : `${family} ${trade} ${country === 'NL' ? 'B.V.' : chance.one(FORMS)}`,
    kind: isConsumer ? 'consumer' : 'business',
    country,
    language: country === 'NL' ? 'nl' : 'de',
    email: `rechnung.${number.toLowerCase()}@example.com`,
    netDays: isConsumer ? 14 : chance.one(TERMS),
    size: isConsumer ? 0.2 : Math.min(12, chance.logNormal(1, 0.8)),
    manner: names[chance.weighted(shares)] as MannerName,
  }
}
