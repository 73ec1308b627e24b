import { describe, expect, it } from '@jest/globals'

import { renderMarkdown } from '../../../src/demo/github/pages/markdown.js'

const shown = (source: string): string => renderMarkdown(source).html.trim()

describe("the stand-in's Markdown", () => {
  it('shows nothing of HTML comments, as GitHub does', () => {
    expect(shown('<!-- hooktrail:4f2a 81c0 -->\n\nSee')).toBe('<p>See</p>')
    expect(shown('<!-- over\nlines -->\nSee')).toBe('<p>See</p>')
    expect(shown('See <!-- inside -->this')).toBe('<p>See this</p>')
    expect(shown('<!-- that never ends\nSee')).toBe('')
  })

  it('shows a comment in code', () => {
    expect(shown('`<!-- x -->`')).toBe('<p><code>&#60;!-- x --&#62;</code></p>')
    expect(shown('```\n<!-- x -->\n```')).toContain('&#60;!-- x --&#62;')
  })

  it('shows other HTML as the text that it is', () => {
    expect(shown('<script>x</script> <!- x ->')).toBe(
      '<p>&#60;script&#62;x&#60;/script&#62; &#60;!- x -&#62;</p>',
    )
  })
})
