import { HooktrailError } from '../domain/index.js'

/** A piece of the query's text, in UTF-16 code units as JavaScript counts. */
export interface Span {
  /** From 0 on. */
  readonly position: number
  /** 0 where something is missing between two characters. */
  readonly length: number
}

/** What is wrong, where, and the text that could stand there instead. */
export interface QueryFault extends Span {
  readonly suggestion?: string | undefined
}

/**
 * `syntax`: the query cannot be read; `field`: no such key; `value`: the key does not take this value;
 * `saved`: a saved query is not there or cannot be used.
 */
export type QueryErrorCode = 'query.syntax' | 'query.field' | 'query.value' | 'query.saved'

/** A query that is not understood. The message is one sentence for the person who wrote it. */
export class QueryError extends HooktrailError<QueryErrorCode> {
  readonly position: number
  readonly length: number
  /** Could replace the text at `position`; absent where nothing comes near. */
  readonly suggestion: string | undefined

  constructor(code: QueryErrorCode, message: string, fault: QueryFault) {
    super(code, message)
    this.position = fault.position
    this.length = fault.length
    this.suggestion = fault.suggestion
  }
}
