/**
 * How well payments are foreseen: walks through `ar/ibm-receivables.csv` in time, predicts each invoice on the day it was
 * issued from what was settled by that day, and compares with what came. The predictions are those of the service; three
 * simple ones have the same knowledge: the due date, the tenant's mean, the customer's mean (the tenant's where it has
 * settled nothing yet).
 *
 *     npm run build && SAMPLE_DATA_DIR=… node build/scripts/bench/predict-payment.js
 *     … --warm-up-days 180        judge later: by default nothing of the first 90 days is judged
 *     … --json                    figures for programs
 */
import { parseArgs } from 'node:util'
import { readPaidInvoices } from '../../test/support/ibm-receivables.ts'
import {
  type Judgement,
  judge,
  WARM_UP_DAYS,
  walkForward,
} from '../../test/support/walk-forward.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env.SAMPLE_DATA_DIR ?? '' },
    'warm-up-days': { type: 'string', default: String(WARM_UP_DAYS) },
    json: { type: 'boolean', default: false },
  },
})
if (values.data === '')
  throw new Error('Say where ar/ibm-receivables.csv is: SAMPLE_DATA_DIR or --data.')

const invoices = await readPaidInvoices(values.data)
const foreseen = walkForward(invoices, Number(values['warm-up-days']))
const share = (holds: (one: (typeof foreseen)[number]) => boolean) =>
  foreseen.filter(holds).length / foreseen.length
const figures = {
  invoices: invoices.length,
  judged: foreseen.length,
  late_share: share(({ invoice }) => invoice.settled > invoice.due),
  paid_by_p80_share: share(({ paidByP80 }) => paidByP80),
  forecasters: judge(foreseen),
}
if (values.json) console.log(JSON.stringify(figures))
else print(figures)

function print({ judged, late_share, paid_by_p80_share, forecasters }: typeof figures): void {
  console.log(
    `${judged} of ${figures.invoices} invoices judged, ${percent(late_share)} of them paid late\n`,
  )
  console.log('predicted by        AUC of paid late   mean absolute error, days')
  for (const forecaster of forecasters) console.log(rowOf(forecaster))
  console.log(`\npaid by the P80 date: ${percent(paid_by_p80_share)}`)
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`
}

function rowOf({ forecaster, auc, meanAbsoluteErrorDays }: Judgement): string {
  const figures = [auc.toFixed(4).padStart(19), meanAbsoluteErrorDays.toFixed(3).padStart(27)]
  return [forecaster.padEnd(16), ...figures].join(' ')
}
