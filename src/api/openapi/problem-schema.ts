/** What `application/problem+json` holds: the shape that problem.ts writes. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'What went wrong (RFC 9457). `code` is stable, `detail` is for people.',
  properties: {
    type: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    title: { type: 'string' },
    detail: { type: 'string' },
    position: { type: 'integer', description: 'Where in the query, in UTF-16 code units.' },
    length: { type: 'integer' },
    suggestion: { type: 'string', description: 'What could stand there instead.' },
  },
  required: ['type', 'status', 'code', 'title', 'detail'],
} as const
