import type { HTTPMethods } from 'fastify'
import type { CalendarDate } from '../../src/foundation/calendar.ts'
import { chanceOf } from './random.ts'
import { customer, moves } from './random-moves.ts'
import { threeLevels } from './records.ts'

// biome-ignore lint/suspicious/noExplicitAny: moves look into answers of every shape
type Json = any

/** Calls the API as one integrator, again and again until the service answers. */
export type Ask = (method: HTTPMethods, url: string, body?: unknown) => Promise<Json>

const CUSTOMERS = 8
/** How many of them share a limit to begin with. */
const MEMBERS = 4

/** A company that moves by chance, the same way for the same seed. */
export function randomYear(ask: Ask, seed: number) {
  const chance = chanceOf(seed)
  let numbers = 0
  const next = () => {
    numbers += 1
    return numbers
  }
  const one = async (list: string): Promise<string | undefined> => {
    const { data } = await ask('GET', `/v1/${list}${list.includes('?') ? '&' : '?'}limit=30`)
    return data?.length > 0 ? chance.pick<Json>(data).id : undefined
  }
  return {
    /** Sets the company up: its policies, its creditor, and customers to begin with. */
    async found(): Promise<void> {
      const policy = await ask('POST', '/v1/dunning-policies', {
        ...threeLevels,
        levels: [
          { level: 1, days: 5, name: 'Reminder' },
          {
            level: 2,
            days: 15,
            name: 'Demand',
            fees: [{ currency: 'EUR', amount: 500 }],
            lump_sum: true,
          },
          {
            level: 3,
            days: 30,
            name: 'Final',
            interest: { kind: 'statutory' },
            consequences: { credit_hold: true, tasks: [{ assignee: 'sales', title: 'Call.' }] },
          },
        ],
      })
      await ask('PATCH', '/v1/tenant', { dunning_policy_id: policy.id })
      await ask('PUT', '/v1/credit-policy', {
        name: 'Credit',
        owner: 'Head',
        checks: { limit: { reaction: 'refer' } },
      })
      await ask('PUT', '/v1/direct-debit-settings', {
        creditor_id: 'DE98ZZZ09999999999',
        creditor_name: 'Muster',
        iban: 'DE75512108001245126199',
        prenotification_days: 5,
      })
      const turn = { chance, next, one, today: '' }
      const ids: string[] = []
      for (let count = 0; count < CUSTOMERS; count += 1)
        ids.push((await ask('POST', '/v1/customers', customer(turn))).id)
      const group = await ask('POST', '/v1/credit-groups', { name: 'Muster Holding' })
      for (const id of ids.slice(0, MEMBERS))
        await ask('PUT', `/v1/credit-groups/${group.id}/members/${id}`, {})
    },
    /** Makes some moves on a day; those that are not allowed as things stand are refused, which is part of life. */
    async move(today: CalendarDate, count: number): Promise<void> {
      const turn = { today, chance, next, one }
      for (let left = count; left > 0; left -= 1) {
        const [method, path, body] = chance.pick(moves)
        let url: string | undefined = path
        for (const [place, list] of path.matchAll(/\{([^}]+)\}/g)) {
          const id: string | undefined = url && (await one(list as string))
          url = id && url?.replace(place, id)
        }
        if (url !== undefined) await ask(method, url, await body?.(turn))
      }
    },
  }
}
