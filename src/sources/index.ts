export { normalise } from './webhook/normalise/index.js'
