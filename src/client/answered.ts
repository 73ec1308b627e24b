import { isProblem, type Problem } from './problem.js'
import { ServerError } from './server-error.js'

/** What a request of the client gives; one of the two is there. */
interface Outcome<Data> {
  readonly data?: Data
  readonly error?: unknown
}

/** What was asked for. @throws ServerError */
export function answered<Data>(outcome: Outcome<Data>): NonNullable<Data> {
  const { data, error } = outcome
  if (data !== undefined && data !== null) return data
  throw refusal(error)
}

/** What was asked for, if it is there and may be seen. @throws ServerError */
export function found<Data>(outcome: Outcome<Data>): NonNullable<Data> | undefined {
  return problemOf(outcome.error)?.code === 'api.not_found' ? undefined : answered(outcome)
}

/** The problem that an error stands for, if it came from the server as one. */
function problemOf(error: unknown): Problem | undefined {
  return isProblem(error) ? error : undefined
}

function refusal(error: unknown): ServerError {
  const problem = problemOf(error)
  if (!problem) return new ServerError('server.answer', 'the server answers nothing')
  const [code, before] = meaningOf(problem)
  const detail = inOneLine(problem.detail)
  return new ServerError(code, before + detail, { cause: { ...problem, detail } })
}

function meaningOf({ status, code }: Problem): [ServerError['code'], string] {
  if (status === 401) return ['server.token', 'the server does not accept the token: ']
  if (status === 403) return ['server.token', 'the server refuses: ']
  if (status === 429) return ['server.away', 'the server refuses for now: ']
  if (code === 'unavailable') return ['server.away', 'the server’s database is away: ']
  if (status >= 500 && code !== 'search.timeout') return ['server.answer', 'the server failed: ']
  return ['server.refused', 'the server refuses: ']
}

/** Also what pretends to be Hooktrail may write here. */
function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 1000)
}
