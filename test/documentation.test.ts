import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from '@jest/globals'

const pages = [
  'README.md',
  'AGENTS.md',
  'CONTRIBUTING.md',
  'src/demo/story/templates/README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

const read = (file: string): string => readFileSync(file, 'utf8')

/** The anchors that GitHub gives a page's headings. */
function anchors(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )
}

function leadsSomewhere(from: string, link: string): boolean {
  const [target = '', anchor] = link.split('#')
  const file = target === '' ? from : path.join(path.dirname(from), target)
  return existsSync(file) && (anchor === undefined || anchors(file).includes(anchor))
}

describe.each(pages)('%s', (page) => {
  const text = read(page)

  it('has no link that leads nowhere', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link)
    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([])
  })

  it('names files that are there', () => {
    const names = [...text.matchAll(/`((?:src|test|docs|prisma|bench|\.ci)\/[\w./-]*)`/g)]
    const missing = names.map(([, name = '']) => name).filter((name) => !existsSync(name))
    // Generated files are there once somebody has built.
    expect(missing.filter((name) => name !== 'src/generated')).toEqual([])
  })

  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = [...text.matchAll(/npm (?:run )?((?:(?<=run )[\w:]+|test|start))\b/g)]
    expect(named.map(([, name = '']) => name).filter((name) => !(name in scripts))).toEqual([])
  })
})

it('docs/entry.md lists every field of an entry, and no other', () => {
  const [, shape = ''] =
    /interface AuditEntry \{\n([^}]+)\}/.exec(read('src/core/domain/entry.ts')) ?? []
  const fields = [...shape.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name]) => name)
  const [table = ''] = read('docs/entry.md').split('\n## ')
  const rows = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  expect(rows).toEqual(fields)
  expect(fields.length).toBeGreaterThan(20)
})
