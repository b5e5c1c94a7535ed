import { addDays } from '../../src/foundation/calendar.ts'
import type { CashModel, Claim, Designation, Money, Outcome } from './cash-model.ts'
import type { Chance } from './random.ts'

/** The day on which everything happens. */
export const TODAY = '2026-03-20'

/** A request, what the model says becomes of it, and what it may have touched. */
export interface Act {
  url: string
  body: object
  expected: Outcome
  touched: (Claim | Money)[]
}

/** What an operation is made of. */
export interface Scene {
  model: CashModel
  chance: Chance
  /** The ids of the customers, by their places in the model. */
  customers: readonly string[]
  /** The id of what the model knows. */
  idOf(one: object): string
  /** The id of the only item of an invoice. */
  itemOf(claim: Claim): string
  /** A number for a new document, when so many are made; now and then one that is taken. */
  number(made: number): string
  /** How many days after the first claim the next one is due: no two on the same day. */
  turn: number
}

const act = (
  url: string,
  body: object,
  expected: Outcome,
  touched: (Claim | Money)[] = [],
): Act => ({ url, body, expected, touched })

/** Every operation; undefined where there is nothing yet that it could be about. */
export const operations = {
  invoice(scene: Scene): Act {
    const { model, customers, turn } = scene
    const { amount: total, ...whose } = drawMoney(scene)
    const number = scene.number(model.claims.length)
    const body = {
      customer_id: customers[whose.customer],
      currency: whose.currency,
      number,
      issue_date: '2026-03-01',
      due_date: addDays('2026-03-02', turn),
      total_amount: total,
      issue: true,
    }
    return act('invoices', body, model.invoice({ ...whose, total }, number))
  },

  pay: (scene: Scene): Act => paid(scene, drawMoney(scene), 'auto'),

  keep: (scene: Scene): Act => paid(scene, drawMoney(scene), 'none'),

  designate(scene: Scene): Act | undefined {
    const claim = some(scene, scene.model.claims)
    if (claim === undefined) return undefined
    const money = moneyFor(scene, claim)
    const designations = designated(scene, claim, money.amount)
    return paid(scene, money, designations)
  },

  allocate(scene: Scene): Act | undefined {
    const { model, chance, idOf } = scene
    const money = some(scene, mostly(scene, model.moneys, hasMoney))
    if (money === undefined) return undefined
    const fits = ({ customer, currency, open }: Claim) =>
      customer === money.customer && currency === money.currency && open > 0
    const claim = some(scene, mostly(scene, model.claims, fits))
    const how = claim && chance.happens(0.75) ? designated(scene, claim, money.unallocated) : 'auto'
    const url = `${money.kind === 'payment' ? 'payments' : 'credit-notes'}/${idOf(money)}/allocations`
    const touched = claim === undefined ? [money] : [money, claim]
    return act(url, told(scene, how), model.allocate(money, how), touched)
  },

  undo(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const allocation = some(
      scene,
      mostly(scene, model.allocations, (one) => !one.isUndone),
    )
    if (allocation === undefined) return undefined
    const touched = [allocation.claim, allocation.money]
    return act(`allocations/${idOf(allocation)}/undo`, {}, model.undo(allocation), touched)
  },

  /** Not of a payment that was paid out: what it leaves is a claim of another kind, which the model does not know. */
  reverse(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const payments = model.moneys.filter(({ kind }) => kind === 'payment')
    const payment = some(
      scene,
      mostly(scene, payments, (one) => !one.isReversed),
    )
    if (payment === undefined) return undefined
    const settled = model.allocations.filter((one) => one.money === payment && !one.isUndone)
    const touched = [payment, ...settled.map(({ claim }) => claim)]
    const body = { reason: 'returned' }
    return act(`payments/${idOf(payment)}/reversal`, body, model.reverse(payment), touched)
  },

  credit(scene: Scene): Act {
    const { model, chance, customers, idOf } = scene
    const claim = chance.happens(0.7) ? some(scene, model.claims) : undefined
    const money = claim === undefined ? drawMoney(scene) : moneyFor(scene, claim)
    const notes = model.moneys.filter(({ kind }) => kind === 'credit_note')
    const number = scene.number(notes.length)
    const body = {
      customer_id: customers[money.customer],
      currency: money.currency,
      number,
      issue_date: TODAY,
      total_amount: money.amount,
      ...(claim ? { invoice_id: idOf(claim) } : {}),
    }
    const expected = model.credit(money, number, claim ?? null)
    return act('credit-notes', body, expected, claim ? [claim] : [])
  },

  refund(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const money = some(scene, mostly(scene, model.moneys, hasMoney))
    if (money === undefined) return undefined
    const amount = partOf(scene, money.unallocated)
    const source =
      money.kind === 'payment' ? { payment_id: idOf(money) } : { credit_note_id: idOf(money) }
    const body = { ...source, amount, method: 'bank_transfer', reason: 'paid twice' }
    return act('refunds', body, model.refund(money, amount), [money])
  },

  pay_out(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const of = model.refunds.filter(({ money }) => money.kind === 'credit_note')
    const refund = some(
      scene,
      mostly(scene, of, ({ status }) => status === 'approved'),
    )
    if (refund === undefined) return undefined
    return act(`refunds/${idOf(refund)}/pay`, {}, model.payOut(refund), [refund.money])
  },

  cancel(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const open = mostly(scene, model.refunds, ({ status }) => status !== 'cancelled')
    const refund = some(scene, open)
    if (refund === undefined) return undefined
    const body = { reason: 'came back' }
    return act(`refunds/${idOf(refund)}/cancel`, body, model.cancel(refund), [refund.money])
  },

  write_off(scene: Scene): Act | undefined {
    const { model, itemOf } = scene
    const claim = some(
      scene,
      mostly(scene, model.claims, ({ open }) => open > 0),
    )
    if (claim === undefined) return undefined
    const amount = partOf(scene, claim.open)
    const body = { item_id: itemOf(claim), amount, reason: 'insolvent' }
    return act('write-offs', body, model.writeOff(claim, amount), [claim])
  },

  undo_write_off(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const writeOff = some(
      scene,
      mostly(scene, model.writeOffs, (one) => !one.isUndone),
    )
    if (writeOff === undefined) return undefined
    const body = { reason: 'wrong customer' }
    const expected = model.undoWriteOff(writeOff)
    return act(`write-offs/${idOf(writeOff)}/undo`, body, expected, [writeOff.claim])
  },

  void(scene: Scene): Act | undefined {
    const { model, idOf } = scene
    const claim = some(
      scene,
      mostly(scene, model.claims, ({ open, total }) => open === total),
    )
    if (claim === undefined) return undefined
    const body = { reason: 'wrong' }
    return act(`invoices/${idOf(claim)}/void`, body, model.void(claim), [claim])
  },
} satisfies Record<string, (scene: Scene) => Act | undefined>

export type Operation = keyof typeof operations

function paid(
  scene: Scene,
  money: { customer: number; currency: string; amount: number },
  how: readonly Designation[] | 'auto' | 'none',
): Act {
  const body = {
    customer_id: scene.customers[money.customer],
    currency: money.currency,
    amount: money.amount,
    received_date: TODAY,
    method: 'bank_transfer',
    ...(how === 'none' ? { allocate: 'none' } : told(scene, how)),
  }
  const touched = Array.isArray(how) ? how.map(({ claim }) => claim) : []
  return act('payments', body, scene.model.pay(money, how), touched)
}

const told = ({ idOf }: Scene, how: readonly Designation[] | 'auto'): object =>
  how === 'auto'
    ? {}
    : { allocations: how.map(({ claim, amount }) => ({ invoice_id: idOf(claim), amount })) }

/** Mostly what fits; sometimes a cent too much, sometimes two parts that name one invoice or another. */
function designated(scene: Scene, claim: Claim, free: number): Designation[] {
  const { chance, model } = scene
  const most = Math.max(1, Math.min(claim.open, free))
  const amount = chance.weighted({ all: 3, part: 3, more: 2 })
  const wanted = { all: most, part: chance.between(1, most), more: most + 1 }[amount]
  const other = chance.happens(0.35) ? some(scene, model.claims) : undefined
  const second = other === undefined ? [] : [{ claim: other, amount: 1 }]
  return [{ claim, amount: wanted }, ...second]
}

/** Small amounts that meet each other, and the least there is. */
const AMOUNTS = [1, 2, 100, 100, 250, 400, 400, 1_000]

const drawMoney = ({ chance, customers }: Scene) => ({
  customer: chance.between(0, customers.length - 1),
  currency: chance.happens(0.8) ? 'EUR' : 'USD',
  amount: chance.pick(AMOUNTS),
})

/** Money that is meant for a claim: mostly of its customer and currency. */
function moneyFor(scene: Scene, { customer, currency, open }: Claim) {
  const drawn = drawMoney(scene)
  const amount = scene.chance.happens(0.5) && open > 0 ? open : drawn.amount
  return {
    customer: scene.chance.happens(0.86) ? customer : drawn.customer,
    currency: scene.chance.happens(0.93) ? currency : currency === 'EUR' ? 'USD' : 'EUR',
    amount,
  }
}

/** A part of what is there, or a little more than that. */
const partOf = ({ chance }: Scene, there: number): number =>
  chance.happens(0.7) && there > 0 ? chance.between(1, there) : there + 1

const hasMoney = ({ unallocated }: Money): boolean => unallocated > 0

/** Mostly those that fit, sometimes all. */
const mostly = <T>({ chance }: Scene, from: readonly T[], fits: (one: T) => boolean): T[] =>
  chance.happens(0.5) ? from.filter(fits) : [...from]

/** One of the latest, so that the same things are met again; undefined where there is none. */
const some = <T>({ chance }: Scene, from: readonly T[]): T | undefined =>
  from.length === 0 ? undefined : chance.pick(from.slice(-15))
