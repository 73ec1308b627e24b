/**
 * A stand-in for GitHub: its state, its REST API on loopback (every request and answer checked against GitHub's
 * own description), its pages for check runs and issues, and its webhooks.
 */
export { createApp, generateAppKey, type App, type NewApp } from './app.js'
export * from './deliverer.js'
export type { Fault } from './faults.js'
export type { Counters, LogEntry } from './journal.js'
export * from './openapi/index.js'
export * from './server.js'
export * from './state.js'
