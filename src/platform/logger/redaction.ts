const CENSOR = '[redacted]'

/** Shorter values are too likely to be ordinary words (`postgres`), and too weak to be worth hiding. */
const MIN_LENGTH = 12

/** What looks like a secret, whoever wrote it: keys, GitHub tokens, bearer tokens, passwords in URLs. */
const SHAPES = [
  String.raw`-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*?(?:-----END [A-Z ]*PRIVATE KEY-----|(?="|$))`,
  String.raw`\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_]{16,}(?:\.[\w-]+)*`,
  String.raw`\beyJ[\w-]{10,}\.[\w-]+\.[\w-]*`,
  String.raw`(?<=\b[Bb]earer )[\w.~+/=-]{8,}`,
  String.raw`(?<=\b[a-z][a-z0-9+.-]{0,20}://[^\s"/:@]{0,100}:)[^\s"/@]+(?=@)`,
]

/**
 * Removes secrets from a text, or from a line of JSON, which stays valid.
 * @param secrets values that must not appear, beside everything that has the shape of a secret
 */
export function redaction(secrets: readonly string[] = []): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= MIN_LENGTH).flatMap(spellings)
  // Longest first, so that a secret which begins another one leaves no tail.
  const literals = [...new Set(known)].sort((a, b) => b.length - a.length).map(escapeRegExp)
  const pattern = new RegExp([...literals, ...SHAPES].join('|'), 'g')
  return (text) => text.replace(pattern, CENSOR)
}

function spellings(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1)]
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}
