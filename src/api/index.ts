export { createApi, type ApiOptions } from './create-api.js'
export { startHttpServer, type HttpServer, type HttpServerOptions } from './http-server.js'
export { createSetupApi, type SetupOptions } from './setup/create-setup-api.js'
