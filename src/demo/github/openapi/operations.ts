import type { Description, Operation, Parameter } from './description.js'

export interface DescribedOperation {
  /** GitHub's name for it: `checks/create`. */
  readonly id: string
  readonly method: string
  /** The path as the description writes it: `/repos/{owner}/{repo}`. */
  readonly template: string
  readonly operation: Operation
  readonly parameters: readonly Parameter[]
  readonly pattern: RegExp
}

interface Match {
  readonly described: DescribedOperation
  /** Decoded values of the path's parameters. */
  readonly params: Readonly<Record<string, string>>
}

/** @param path as sent, with or without GitHub Enterprise Server's `/api/v3`, without the query */
export type FindOperation = (method: string, path: string) => Match | undefined

export function indexOperations(description: Description): {
  readonly all: readonly DescribedOperation[]
  readonly find: FindOperation
} {
  const all: DescribedOperation[] = []
  for (const [template, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      all.push(describe(description, { method: method.toUpperCase(), template, operation }))
    }
  }
  // The more of a path is literal, the more exactly it fits: /commits/{ref}/check-runs before /commits/{ref}.
  all.sort((a, b) => literalLength(b.template) - literalLength(a.template))
  return { all, find: (method, path) => find(all, method, path) }
}

function literalLength(template: string): number {
  return template.replaceAll(/\{[^}]+\}/g, '').length
}

type Named = Pick<DescribedOperation, 'method' | 'template' | 'operation'>

function describe(description: Description, named: Named): DescribedOperation {
  const parameters: Parameter[] = []
  for (const parameter of named.operation.parameters ?? []) {
    if (!('$ref' in parameter)) parameters.push(parameter)
    else parameters.push(shared(description, parameter.$ref))
  }
  const pattern = patternOf(named.template, parameters)
  return { id: named.operation.operationId, ...named, parameters, pattern }
}

function shared(description: Description, reference: string): Parameter {
  const name = reference.slice('#/components/parameters/'.length)
  const parameter = description.components.parameters[name]
  if (!parameter)
    throw new RangeError(`The description refers to ${reference} and does not have it.`)
  return parameter
}

function patternOf(template: string, parameters: readonly Parameter[]): RegExp {
  const many = new Set(parameters.filter((one) => one['x-multi-segment']).map((one) => one.name))
  const source = template
    .replaceAll('.', String.raw`\.`)
    .replaceAll(
      /\{([^}]+)\}/g,
      (_, name: string) => `(?<${name}>${many.has(name) ? '.+?' : '[^/]+?'})`,
    )
  return new RegExp(`^${source}$`)
}

function find(all: readonly DescribedOperation[], method: string, path: string): Match | undefined {
  const plain = path.replace(/^\/api\/v3(?=\/)/, '')
  for (const described of all) {
    const found = described.method === method ? described.pattern.exec(plain) : null
    const params = found && decode(found.groups ?? {})
    if (params) return { described, params }
  }
  return undefined
}

/** undefined when the path is not valid percent-encoding. */
function decode(groups: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const decoded: Record<string, string> = {}
  try {
    for (const [name, value] of Object.entries(groups)) decoded[name] = decodeURIComponent(value)
    return decoded
  } catch {
    return undefined
  }
}
