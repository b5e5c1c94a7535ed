import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Marked, type Tokens } from 'marked'
import { besideCode } from '../foundation/places.ts'
import { escapeHtml, type Page } from './page.ts'

/** A guide: a Markdown file whose name gives its place and its address, `03-webhooks.md` → `/docs/guides/webhooks`. */
export interface Guide {
  slug: string
  /** Its first heading. */
  title: string
  /** Its first paragraph, as HTML. */
  summary: string
  /** All of it, as HTML. */
  body: string
}

const FOLDER = besideCode('src/docs/guides')

/** All guides in their order. */
export const readGuides = (): Guide[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const tokens = marked.lexer(readFileSync(join(FOLDER, name), 'utf8'))
      const heading = tokens.find((token): token is Tokens.Heading => token.type === 'heading')
      const summary = tokens.filter((token) => token.type === 'paragraph').slice(0, 1)
      return {
        slug: name.replace(/^\d+-|\.md$/g, ''),
        title: heading?.text ?? name,
        summary: marked.parser(summary),
        body: marked.parser(tokens),
      }
    })

/** A guide beside the list of all. */
export const guidePage = (guide: Guide, all: readonly Guide[]): Page => ({
  title: guide.title,
  aside: `<details open><summary>Guides</summary><ol>${all.map((one) => entry(one, one === guide)).join('')}</ol></details>`,
  body: guide.body,
})

/** The way in. */
export const indexPage = (all: readonly Guide[]): Page => ({
  title: 'Documentation',
  body: `<h1>Documentation</h1>
<p>A headless accounts-receivable service: who owes what, since when and why, and what to do next. New here? The <a href="/docs/guides/quick-start">quick start</a> ends with a verified webhook in five minutes.</p>
<ul class="doors">
<li><a href="/docs/reference"><strong>Reference</strong></a> Every operation, parameter and answer, to try out. As a document: <a href="/openapi.json">OpenAPI 3.1</a>, <a href="/openapi-3.0.json">3.0</a>.</li>
<li><a href="/docs/errors"><strong>Problems</strong></a> Every code, what it means and what to do.</li>
</ul>
<h2>Guides</h2>
<ul class="doors">
${all.map(({ slug, title, summary }) => `<li><a href="/docs/guides/${slug}"><strong>${escapeHtml(title)}</strong></a>${summary}</li>`).join('\n')}
</ul>`,
})

const entry = ({ slug, title }: Guide, isCurrent: boolean): string =>
  `<li><a href="/docs/guides/${slug}"${isCurrent ? ' aria-current="page"' : ''}>${escapeHtml(title)}</a></li>`

/** Headings can be linked to, wide things scroll by themselves, and HTML in the text is shown as it is written. */
const marked = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${slugOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    code({ text, lang = '' }) {
      const [language, name] = lang.split(' ')
      const title = name === undefined ? '' : `<figcaption>${escapeHtml(name)}</figcaption>`
      return `<figure class="${escapeHtml(language ?? '')}">${title}<pre tabindex="0"><code>${escapeHtml(text)}</code></pre></figure>\n`
    },
    table(token) {
      const cells = (row: Tokens.TableCell[], tag: 'td' | 'th') =>
        `<tr>${row.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`
      return `<div class="table" tabindex="0"><table><thead>${cells(token.header, 'th')}</thead><tbody>${token.rows.map((row) => cells(row, 'td')).join('')}</tbody></table></div>\n`
    },
    html: ({ text }) => escapeHtml(text),
  },
})

const slugOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
