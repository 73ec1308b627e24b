export { csvHead, csvLine } from './csv.js'
export { exportEntries, type ExportRequest } from './export-entries.js'
export { EXPORT_FORMATS, type ExportFormat } from './formats.js'
