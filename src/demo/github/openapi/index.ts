export { parseDescription, readGitHubDescription, type Description } from './description.js'
export type { DescribedOperation } from './operations.js'
export * from './validator.js'
