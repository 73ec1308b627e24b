export * from './deliverer.js'
export * from './state.js'
