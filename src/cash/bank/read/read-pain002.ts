import { decodeInPieces, xmlEncodingOf } from './decode.ts'
import { FileFault } from './fault.ts'
import { all, find, type Node, read, readXml } from './xml-tree.ts'

/** What a status report says about a file, a block of it, or one debit. */
export interface Verdict {
  /** The name we had given it. */
  originalId: string | null
  /** ISO 20022 status: `RJCT` is refused, `PART` in part; where it is silent, what stands above or below decides. */
  status: string | null
  reasonCode: string | null
  reasonText: string | null
}

/** A CustomerPaymentStatusReport, as far as it decides anything. */
export interface ReportContent {
  messageId: string | null
  message: Verdict
  payments: (Verdict & { debits: Verdict[] })[]
}

/**
 * Reads a pain.002 of any version and dialect. Namespaces are not looked at: banks leave them out, misspell them and
 * use their own.
 */
export function readPain002(bytes: Uint8Array): ReportContent {
  let root: Node | undefined
  readXml(decodeInPieces(bytes, xmlEncodingOf(bytes)), (node, path) => {
    if (path.length === 0) root = node
    return false
  })
  const report = root?.name === 'Document' ? find(root, 'CstmrPmtStsRpt') : undefined
  if (report === undefined)
    throw new FileFault('format_unknown', 'the file is no CustomerPaymentStatusReport', { line: 1 })
  return {
    messageId: read(report, 'GrpHdr/MsgId'),
    message: verdictOf(find(report, 'OrgnlGrpInfAndSts'), 'OrgnlMsgId', 'GrpSts'),
    payments: all(report, 'OrgnlPmtInfAndSts').map((payment) => ({
      ...verdictOf(payment, 'OrgnlPmtInfId', 'PmtInfSts'),
      debits: all(payment, 'TxInfAndSts').map((debit) =>
        verdictOf(debit, 'OrgnlEndToEndId', 'TxSts'),
      ),
    })),
  }
}

function verdictOf(node: Node | undefined, id: string, status: string): Verdict {
  const texts = all(node, 'StsRsnInf').flatMap((reason) =>
    all(reason, 'AddtlInf').map(({ text }) => text.trim()),
  )
  return {
    originalId: read(node, id),
    status: read(node, status),
    reasonCode: read(node, 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry'),
    reasonText: texts.length === 0 ? null : texts.join(' '),
  }
}
