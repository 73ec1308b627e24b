// Writes app.yml, app.ghes.yml and the table of docs/permissions.md from the App's permissions
// (src/platform/app-permissions.ts). Part of `npm run docs`, which builds first.
import { writeFileSync } from 'node:fs'

import { appManifestText, permissionsTable } from '../dist/platform/index.js'
import { writeBetween } from './write-between.mjs'

writeFileSync(new URL('../app.yml', import.meta.url), appManifestText('cloud'))
writeFileSync(new URL('../app.ghes.yml', import.meta.url), appManifestText('server'))
writeBetween('permissions.md', 'permissions', permissionsTable())
