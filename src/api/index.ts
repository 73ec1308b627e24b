export { createApi } from './create-api.js'
export { startHttpServer, type HttpServer } from './http-server.js'
export { OpenStreams } from './streams/open-streams.js'
export { createSetupApi, type SetupOptions } from './setup/create-setup-api.js'
