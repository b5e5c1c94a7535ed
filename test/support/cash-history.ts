import type { Reply } from './app.ts'
import { allocatedOf, CashModel, type Claim, type Money, statusOf } from './cash-model.ts'
import { type Act, type Operation, operations } from './cash-operations.ts'
import type { Chance } from './random.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
type Json = any

/** How often each operation is asked for; a history leaves some out and favours others. */
const weights: Readonly<Record<Operation, number>> = {
  invoice: 7,
  pay: 4,
  designate: 5,
  keep: 3,
  allocate: 4,
  undo: 4,
  reverse: 2,
  credit: 3,
  refund: 4,
  pay_out: 3,
  cancel: 2,
  write_off: 3,
  undo_write_off: 2,
  void: 2,
}

/** Who asks the service, and for whom. */
export interface Asker {
  customers: readonly string[]
  /** Begins the numbers of its documents. */
  prefix: string
  /** Asks for something to be done, until it is known what became of it. */
  post(url: string, body: object): Promise<Pick<Reply, 'status' | 'body'>>
  get(url: string): Promise<Json>
}

/** How often each operation ended how, such as `designate insufficient_open_amount` or `pay done`. */
export type Outcomes = Map<string, number>

/**
 * What chance lets a company do, and a model that says what must come of it: each answer, and after it everything it
 * has touched, is compared. Few customers and small amounts, so that everything meets everything.
 */
export class CashHistory {
  readonly #model = new CashModel()
  readonly #ids = new Map<object, string>()
  readonly #items = new Map<Claim, string>()
  readonly #known = new Set<string>()
  readonly #weights: Record<Operation, number>
  readonly #asker: Asker
  readonly #chance: Chance
  readonly #outcomes: Outcomes
  #turn = 0

  constructor(asker: Asker, chance: Chance, outcomes: Outcomes) {
    this.#asker = asker
    this.#chance = chance
    this.#outcomes = outcomes
    const drawn = Object.entries(weights).map(([name, weight]) => [
      name,
      weight * chance.pick([0.3, 1, 1, 2]),
    ])
    this.#weights = { ...Object.fromEntries(drawn), invoice: weights.invoice }
  }

  /** Does one thing, and compares what came of it with the model. */
  async step(): Promise<void> {
    const [operation, act] = this.#decide()
    const { status, body } = await this.#asker.post(`/v1/${act.url}`, act.body)
    const outcome = status < 300 ? null : body.code
    const counted = `${operation} ${outcome ?? 'done'}`
    this.#outcomes.set(counted, (this.#outcomes.get(counted) ?? 0) + 1)
    if (outcome !== act.expected) {
      const [was, should] = [outcome ?? 'done', act.expected ?? 'done']
      throw new Error(`step ${this.#turn}, ${operation}: ${was}, not ${should}; ${told(act)}`)
    }
    const made = outcome === null ? await this.#learn(body) : []
    for (const one of new Set([...act.touched, ...made])) {
      await this.#compare(one, `step ${this.#turn}, ${operation} (${outcome ?? 'done'})`)
    }
  }

  /** Compares everything the model knows with what the lists show, and that they show no more. */
  async judge(): Promise<void> {
    const shown = new Map<string, Json>()
    for (const list of ['invoices', 'payments', 'credit-notes']) {
      for (const id of this.#asker.customers) {
        for (const one of await this.#all(`/v1/${list}?customer_id=${id}&limit=200`))
          shown.set(one.id, one)
      }
    }
    const known = [...this.#model.claims, ...this.#model.moneys]
    if (shown.size !== known.length)
      throw new Error(`in the end: ${shown.size} are shown, ${known.length} were made`)
    for (const one of known) {
      requireEqual(shown.get(this.#ids.get(one) as string), expectedOf(one), 'in the end')
    }
  }

  async #all(url: string): Promise<Json[]> {
    const found: Json[] = []
    let cursor = ''
    for (;;) {
      const { data, next_cursor } = await this.#asker.get(`${url}${cursor}`)
      found.push(...data)
      if (next_cursor === null) return found
      cursor = `&cursor=${next_cursor}`
    }
  }

  #decide(): [Operation, Act] {
    this.#turn += 1
    for (;;) {
      const operation = this.#chance.weighted(this.#weights)
      const act = operations[operation]({
        model: this.#model,
        chance: this.#chance,
        customers: this.#asker.customers,
        idOf: (one) => this.#ids.get(one) as string,
        itemOf: (claim) => this.#items.get(claim) as string,
        number: (made) => this.#number(made),
        turn: this.#turn,
      })
      if (act !== undefined) return [operation, act]
    }
  }

  #number(made: number): string {
    const back = this.#chance.happens(0.1) ? this.#chance.between(1, 3) : 0
    return `${this.#asker.prefix}-${made - back}`
  }

  /** Keeps the ids of what was made, and answers what of it can be compared. */
  async #learn(body: Json): Promise<(Claim | Money)[]> {
    const { claims, moneys, refunds, writeOffs, allocations } = this.#model
    const made = [claims.at(-1), moneys.at(-1), refunds.at(-1), writeOffs.at(-1)].find(
      (one) => one !== undefined && !this.#ids.has(one),
    )
    if (made !== undefined) this.#ids.set(made, body.id)
    if (made !== undefined && 'total' in made) this.#items.set(made, body.open_items[0].id)
    const settled = allocations.filter((one) => !this.#ids.has(one))
    if (settled[0] !== undefined) await this.#learnAllocations(settled, settled[0].money)
    const touched = settled.flatMap(({ claim, money }) => [claim, money])
    return made !== undefined && ('total' in made || 'kind' in made) ? [made, ...touched] : touched
  }

  async #learnAllocations(
    settled: readonly CashModel['allocations'][number][],
    money: Money,
  ): Promise<void> {
    const source = money.kind === 'payment' ? 'payment_id' : 'credit_note_id'
    const { data } = await this.#asker.get(
      `/v1/allocations?${source}=${this.#ids.get(money)}&limit=200`,
    )
    for (const one of settled) {
      const itemId = this.#items.get(one.claim)
      const found = data.find(
        ({ id, item_id, amount }: Json) =>
          !this.#known.has(id) && item_id === itemId && amount === one.amount,
      )
      if (found === undefined) {
        throw new Error(`no allocation of ${one.amount} to ${itemId}: ${JSON.stringify(data)}`)
      }
      this.#known.add(found.id)
      this.#ids.set(one, found.id)
    }
  }

  async #compare(one: Claim | Money, when: string): Promise<void> {
    const list = 'total' in one ? 'invoices' : one.kind === 'payment' ? 'payments' : 'credit-notes'
    const shown = await this.#asker.get(`/v1/${list}/${this.#ids.get(one)}`)
    requireEqual(shown, expectedOf(one), when)
  }
}

const expectedOf = (one: Claim | Money) => ('total' in one ? shownClaim(one) : shownMoney(one))

function requireEqual(shown: Json, expected: Record<string, unknown>, when: string): void {
  for (const [field, value] of Object.entries(expected)) {
    if (shown[field] !== value)
      throw new Error(`${when}: ${field} of ${shown.id} is ${shown[field]}, not ${value}`)
  }
}

const told = ({ url, body }: Act): string => `${url} ${JSON.stringify(body)}`

const shownClaim = (claim: Claim) => ({
  status: statusOf(claim),
  total_amount: claim.total,
  open_amount: claim.open,
  paid_amount: claim.paid,
  credited_amount: claim.credited,
  written_off_amount: claim.writtenOff,
})

const shownMoney = (money: Money) => ({
  allocated_amount: allocatedOf(money),
  unallocated_amount: money.unallocated,
  refunded_amount: money.refunded,
  ...(money.kind === 'payment' ? { status: money.isReversed ? 'reversed' : 'received' } : {}),
})
