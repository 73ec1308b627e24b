import { readFileSync, writeFileSync } from 'node:fs'

const END = '<!-- end -->'

/** Writes what stands in a page of this folder between the comment `<!-- name -->` and `<!-- end -->`. */
export function writeBetween(page, name, text) {
  const file = new URL(page, import.meta.url)
  const old = readFileSync(file, 'utf8')
  const marker = `<!-- ${name} -->`
  const begin = old.indexOf(marker)
  const end = old.indexOf(END, begin)
  if (begin < 0 || end < 0) throw new Error(`docs/${page} needs ${marker} and, after it, ${END}`)
  writeFileSync(file, `${old.slice(0, begin)}${marker}\n\n${text}\n\n${old.slice(end)}`)
}
