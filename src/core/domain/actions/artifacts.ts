import type { Actions } from './definition.js'

/** What others take from here: releases and packages. */
export const ARTIFACTS: Actions = {
  'release.created': {
    description: 'A release was drafted, or made and published at once.',
    category: 'artifact',
    operation: 'create',
    severity: 0,
    events: ['release.created'],
  },
  'release.published': {
    description: 'A release became visible.',
    category: 'artifact',
    operation: 'update',
    severity: 1,
    events: ['release.published'],
  },
  'release.released': {
    description:
      'A release became a full one: it was published as such, or is no longer a pre-release.',
    category: 'artifact',
    operation: 'update',
    severity: 0,
    events: ['release.released'],
  },
  'release.prereleased': {
    description: 'A release was published as, or made, a pre-release.',
    category: 'artifact',
    operation: 'update',
    severity: 0,
    events: ['release.prereleased'],
  },
  'release.unpublished': {
    description: 'A release was hidden again.',
    category: 'artifact',
    operation: 'update',
    severity: 2,
    events: ['release.unpublished'],
  },
  'release.edited': {
    description: 'A release was edited; after its publication that is of medium severity.',
    category: 'artifact',
    operation: 'update',
    severity: 0,
    events: ['release.edited'],
  },
  'release.deleted': {
    description: 'A release was deleted.',
    category: 'artifact',
    operation: 'delete',
    severity: 2,
    events: ['release.deleted'],
  },
  'package.published': {
    description: 'A version of a package was published in a registry of GitHub.',
    category: 'artifact',
    operation: 'create',
    severity: 1,
    events: ['registry_package.published', 'package.published'],
    auditLog: ['packages.package_version_published', 'packages.package_published'],
  },
  'package.updated': {
    description: 'A version of a package was changed or published again.',
    category: 'artifact',
    operation: 'update',
    severity: 1,
    events: ['registry_package.updated', 'package.updated'],
  },
}
