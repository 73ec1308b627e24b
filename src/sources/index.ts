export { createFileSource, type FileSource } from './files/file-source.js'
export { normalise } from './webhook/normalise/index.js'
export {
  alertOpened,
  deliveryAltered,
  derivedFact,
  type InternalFact,
  type OpenedAlert,
} from './internal/internal-fact.js'
export {
  createWebhookSource,
  type Receive,
  type WebhookHandler,
  type WebhookSourceOptions,
} from './webhook/webhook-source.js'
