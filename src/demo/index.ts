export * from './github/index.js'
export * from './story/index.js'
