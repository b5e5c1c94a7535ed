/**
 * The characters every bank in SEPA takes (EPC217-08, Latin character set): letters, digits, space and
 * `/ - ? : ( ) . , ' +`.
 */
const OUTSIDE = /[^A-Za-z0-9/\-?:().,'+ ]/gu

/** Letters that do not decompose, and signs that have an agreed replacement. Umlauts as the German banks write them. */
const replacements: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'TH',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ŧ: 't',
  Ŧ: 'T',
  ĸ: 'k',
  ŋ: 'n',
  Ŋ: 'N',
  '&': '+',
  '*': '.',
  $: '.',
  '%': '.',
  '€': 'E',
  '@': '(at)',
  _: '-',
  '"': "'",
  '`': "'",
  '’': "'",
  '‘': "'",
  '“': "'",
  '”': "'",
  '„': "'",
  '–': '-',
  '—': '-',
  '‑': '-',
  '[': '(',
  ']': ')',
  '{': '(',
  '}': ')',
  ';': ',',
  '#': '.',
  '|': '/',
  '\\': '/',
  '<': '(',
  '>': ')',
  '=': '.',
  '!': '.',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sht',
  ъ: 'a',
  ы: 'y',
  ь: 'y',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}

/**
 * Text as it may stand in a SEPA file: composed letters lose their marks, Greek and Cyrillic (Bulgarian) become Latin,
 * whatever has no likeness becomes a full stop. At most `max` characters; never empty, and never with the double or
 * outer slashes that banks refuse.
 */
export function sepaText(text: string, max: number): string {
  const latin = text
    .normalize('NFC')
    .replace(OUTSIDE, replacementOf)
    .replace(/\s+/g, ' ')
    .replace(/\/{2,}/g, '/')
    .slice(0, max)
    .replace(/^[/ ]+|[/ ]+$/g, '')
  return latin === '' ? '.' : latin
}

function replacementOf(character: string): string {
  const known = replacements[character] ?? upperCaseOf(character)
  if (known !== undefined) return known
  if (/\s/.test(character)) return ' '
  const bare = character.normalize('NFKD').replace(/\p{M}/gu, '')
  if (/^[A-Za-z0-9]+$/.test(bare)) return bare
  return bare === character || bare === '' ? '.' : bare.replace(OUTSIDE, replacementOf)
}

/** A capital of an alphabet of which only the small letters are listed. */
function upperCaseOf(character: string): string | undefined {
  const small = character.toLowerCase()
  const known = small === character ? undefined : replacements[small]
  return known === undefined ? undefined : known.charAt(0).toUpperCase() + known.slice(1)
}
