export * from './frontier.js'
export * from './hashes.js'
