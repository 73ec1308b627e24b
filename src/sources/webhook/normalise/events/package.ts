import type { CiContext, EntryDraft, JsonObject } from '../../../../core/domain/index.js'
import { actionName } from '../action-names.js'
import { correlation, draft } from '../draft.js'
import type { Normaliser, WebhookEvent } from '../event.js'
import { below, htmlUrl, links, page } from '../links.js'
import { integer, LIMITS, list, object, text } from '../payload.js'
import { behind, firstWho, principal } from '../who.js'

const NAMES = { published: 'package.published', updated: 'package.updated' }
const MOST_FILES = 100

/** A version of a package in a registry of GitHub. */
export const registryPackage: Normaliser = {
  event: 'registry_package',
  normalise: (event) => [packageEntry(event, object(event.payload.registry_package))],
}

/** The same, as webhooks of repositories and organizations get it. */
export const packageEvent: Normaliser = {
  event: 'package',
  normalise: (event) => [packageEntry(event, object(event.payload.package))],
}

function packageEntry(event: WebhookEvent, about: JsonObject): EntryDraft {
  const version = object(about.package_version)
  const who = firstWho([
    ['sender', event.payload.sender],
    [`${event.name}.package_version.author`, version.author],
  ])
  const authors = behind(who.actor, [principal(version.author)])
  const sha = text(version.target_oid, LIMITS.sha)
  return draft(event, {
    action: actionName(event, NAMES),
    at: [version.updated_at, version.created_at, about.updated_at, about.created_at],
    who,
    targets: [
      { type: 'package', id: integer(about.id), name: text(about.name), url: htmlUrl(about) },
      {
        type: 'package_version',
        id: integer(version.id),
        name: text(version.version),
        url: htmlUrl(version),
      },
      ...authors.map((one) => ({ type: 'author', principal: one })),
    ],
    ci: { head_sha: sha, ref: refOf(version), artifacts: artifacts(version) },
    links: links([
      ['package', htmlUrl(version) ?? htmlUrl(about) ?? page(version.package_url)],
      ['commit', sha && below(event.repoUrl, 'commit', sha)],
      ['repository', event.repoUrl],
    ]),
    correlation: packageCorrelation(event, about),
    labels: {
      ecosystem: text(about.ecosystem, 40),
      package_type: text(about.package_type, 40),
      prerelease: version.prerelease === true,
      tag: text(object(object(version.container_metadata).tag).name),
    },
  })
}

/** A package of an account need not belong to a repository. */
function packageCorrelation(event: WebhookEvent, about: JsonObject): string | undefined {
  return correlation('package', event.repo ?? event.account, integer(about.id))
}

function refOf(version: JsonObject): string | undefined {
  const tag = text(version.tag_name)
  return tag === undefined ? undefined : `refs/tags/${tag}`
}

/** Files with their digests; of an image the digest of its tag. */
function artifacts(version: JsonObject): CiContext['artifacts'] {
  const { tag } = object(version.container_metadata)
  const image = { name: text(object(tag).name) ?? 'image', digest: text(object(tag).digest, 100) }
  const files = list(version.package_files)
    .slice(0, MOST_FILES)
    .map((file) => {
      const { name, sha256 } = object(file)
      const digest = text(sha256, 100)
      return { name: text(name) ?? '', digest: digest && `sha256:${digest}` }
    })
  const found = image.digest === undefined ? files : [image, ...files]
  return found.length > 0 ? found : undefined
}
