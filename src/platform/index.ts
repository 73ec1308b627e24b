export * from './config.js'
export * from './logger.js'
export * from './printable.js'
export * from './database.js'
export * from './migrate.js'
export * from './github/index.js'
export * from './reactions.js'

