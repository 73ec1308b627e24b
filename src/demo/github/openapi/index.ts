import { readGitHubDescription } from './description.js'
import { createOpenApiValidator, type OpenApiValidator } from './validator.js'

export { readGitHubDescription } from './description.js'
export * from './validator.js'

let shared: OpenApiValidator | undefined

/** The validator of GitHub's description: one for a process, since what it compiles is slow to make and never changes. */
export function gitHubValidator(): OpenApiValidator {
  shared ??= createOpenApiValidator(readGitHubDescription())
  return shared
}
