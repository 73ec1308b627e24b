import { HooktrailError } from '../core/domain/index.js'

/**
 * `api.parameter`: asked in a way that we do not know; `api.not_found`: what is asked for is not there;
 * `api.scope`: the token does not allow it; `api.unauthorized`: it does not any more; `api.limit`: too much at once.
 */
export class RequestError extends HooktrailError<
  'api.parameter' | 'api.not_found' | 'api.scope' | 'api.unauthorized' | 'api.limit'
> {}
