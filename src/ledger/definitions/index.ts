export { compareHere, compareInThread, type Compare } from './compare.js'
export { FILE_CHANGES, readDefinition, type DefinitionParts } from './read-definition.js'
