import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marked, type Tokens } from 'marked'
import { packageRoot } from '../../src/foundation/places.ts'

/** A sample of code in a text. */
export interface Sample {
  /** The word after the fence, such as `sh` or `ts`. */
  language: string
  /** The word after that: a file's name, or where it is typed in; empty when there is none. */
  name: string
  text: string
}

/** A Markdown file, its words and its samples. */
export interface Text {
  name: string
  markdown: string
  samples: Sample[]
}

/** All guides, in their order. */
export function guideTexts(): Text[] {
  const folder = join(packageRoot(), 'src/docs/guides')
  return readdirSync(folder)
    .sort()
    .map((name) => readText(join(folder, name), name))
}

/** The README of the repository. */
export const readmeText = (): Text => readText(join(packageRoot(), 'README.md'), 'README.md')

function readText(file: string, name: string): Text {
  const markdown = readFileSync(file, 'utf8')
  const samples = marked
    .lexer(markdown)
    .filter((token): token is Tokens.Code => token.type === 'code')
    .map(({ lang = '', text }) => {
      const [language = '', name = ''] = lang.split(' ')
      return { language, name, text }
    })
  return { name, markdown, samples }
}
