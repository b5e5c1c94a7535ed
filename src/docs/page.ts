/** A page of the documentation: what is asked for, and what it says. */
export interface Page {
  title: string
  /** HTML that is safe already. */
  body: string
  /** HTML beside the text, such as the list of guides. */
  aside?: string
}

/** Pages have no scripts, and everything they need comes from this server: they work without a way to the internet. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** A whole HTML page in the house's look. */
export const pageHtml = ({ title, body, aside }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} – receivables</title>
<link rel="stylesheet" href="/docs/style.css">
<link rel="icon" href="/docs/reference/static/favicon-32x32.png">
</head>
<body>
<header>
<a class="name" href="/docs">receivables</a>
<nav aria-label="Documentation"><a href="/docs/guides/quick-start">Guides</a><a href="/docs/reference">Reference</a><a href="/docs/errors">Problems</a></nav>
</header>
<div class="page${aside === undefined ? ' wide' : ''}">
${aside === undefined ? '' : `<aside>${aside}</aside>`}
<main>
${body}
</main>
</div>
</body>
</html>
`

/** Text as HTML, in content and in attributes. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
