import type { Uses } from './facts.js'
import { scalar, type Tree } from './tree.js'

const FULL_SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i
const WORKFLOW_FILE = /^\.github\/workflows\/[^/]+\.ya?ml$/i

/** What a step's or job's `uses` names. */
export function usesOf(tree: Tree | undefined): Uses | undefined {
  const text = scalar(tree)?.trim()
  if (tree?.kind !== 'scalar' || text === undefined) return undefined
  return { text, comment: tree.comment, lines: tree.lines, ...parts(text) }
}

type Parts = Omit<Uses, 'text' | 'comment' | 'lines'>

function parts(text: string): Parts {
  if (text.startsWith('docker://')) return imageParts(text.slice('docker://'.length))
  if (/^\.{1,2}\//.test(text) || text.startsWith('$/')) return localParts(text)
  return remoteParts(text)
}

function localParts(text: string): Parts {
  const path = text.replace(/^(?:\.|\$)\//, '')
  const kind = WORKFLOW_FILE.test(path) ? 'local_workflow' : 'local_action'
  return { kind, repository: undefined, path, ref: undefined, pin: 'none' }
}

/** `image`, `image:tag`, `image@sha256:…`; a port's colon has a slash behind it. */
function imageParts(image: string): Parts {
  const [, path, ref] = /^(.*?)(?:@(.+)|:([^:/]+))?$/s.exec(image) ?? []
  const digest = ref !== undefined && /^sha256:[0-9a-f]{64}$/i.test(ref)
  const tag = ref ?? /:([^:/]+)$/.exec(image)?.[1]
  const pin = digest ? 'sha' : tag === undefined ? 'none' : 'ref'
  return { kind: 'docker', repository: undefined, path, ref: tag, pin }
}

function remoteParts(text: string): Parts {
  const at = text.lastIndexOf('@')
  const [where, ref] = at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
  const [, owner, name, path] = /^([^/\s]+)\/([^/\s]+)(?:\/(.+))?$/.exec(where) ?? []
  const pin = ref === undefined ? 'none' : FULL_SHA.test(ref) ? 'sha' : 'ref'
  if (owner === undefined || name === undefined) {
    return { kind: 'unknown', repository: undefined, path: where, ref, pin }
  }
  const kind = path !== undefined && WORKFLOW_FILE.test(path) ? 'reusable_workflow' : 'action'
  return { kind, repository: `${owner}/${name}`, path, ref, pin }
}

/** What is used, whichever version: two steps that use it are versions of each other. */
export function usedThing({ kind, repository, path }: Uses): string {
  return `${kind}:${repository?.toLowerCase() ?? ''}/${path ?? ''}`
}
