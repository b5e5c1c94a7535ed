import { problems } from '../foundation/problem.ts'
import { escapeHtml, type Page } from './page.ts'

/** Every code there is, in the order of its status; a problem's `type` points at its row. */
export const problemsPage = (): Page => ({
  title: 'Problems',
  body: `<h1>Problems</h1>
<p>Every refusal is <code>application/problem+json</code> (RFC 9457). Branch on <code>code</code>: it is never renamed; new ones may be added. How to treat them is in the guide to <a href="/docs/guides/errors">errors</a>, the operations are in the <a href="/docs/reference">reference</a>.</p>
<table class="problems">
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Meaning</th><th scope="col">What to do</th></tr></thead>
<tbody>
${Object.entries(problems).map(row).join('\n')}
</tbody>
</table>`,
})

function row([code, { status, title, remedy }]: [
  string,
  { status: number; title: string; remedy: string },
]): string {
  return `<tr id="${code}"><td><a href="#${code}"><code>${code}</code></a></td><td>${status}</td><td>${escapeHtml(title)}</td><td>${withCode(escapeHtml(remedy))}</td></tr>`
}

/** Backquoted words are code. */
const withCode = (html: string): string => html.replace(/`([^`]*)`/g, '<code>$1</code>')
