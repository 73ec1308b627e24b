import { HooktrailError } from '../../core/domain/index.js'

export type RefusalCode =
  'unauthorized' | 'forbidden' | 'not-found' | 'gone' | 'invalid' | 'conflict'

/** An answer other than success, as GitHub words it. */
export class Refusal extends HooktrailError<RefusalCode> {
  readonly status: number
  readonly errors: readonly object[] | undefined

  constructor(code: RefusalCode, message: string, errors?: readonly object[]) {
    super(code, message)
    this.status = STATUS[code]
    this.errors = errors
  }
}

const STATUS: Readonly<Record<RefusalCode, number>> = {
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  invalid: 422,
}

export function notFound(): Refusal {
  return new Refusal('not-found', 'Not Found')
}

export function invalid(message: string, errors?: readonly object[]): Refusal {
  return new Refusal('invalid', message, errors)
}

/** The JSON of an error, as GitHub writes it. */
export function errorBody(status: number, message: string, errors?: readonly object[]): object {
  return {
    message,
    ...(errors && { errors }),
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  }
}
