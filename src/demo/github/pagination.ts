import { ok, type Answer, type Call } from './route.js'

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly headers: Readonly<Record<string, string>>
}

/** The page that the call asks for (30 unless it says otherwise), with GitHub's Link header. */
export function pageOf<Item>(call: Call, all: readonly Item[]): Page<Item> {
  const size = Math.min(positive(call.query.get('per_page'), 30), 100)
  const page = positive(call.query.get('page'), 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const links: string[] = []
  const link = (number: number, rel: string): void => {
    const query = new URLSearchParams(call.query)
    query.set('page', String(number))
    links.push(`<${call.url}?${query.toString()}>; rel="${rel}"`)
  }
  if (page > 1) link(page - 1, 'prev')
  if (page < last) link(page + 1, 'next')
  if (page < last) link(last, 'last')
  if (page > 1) link(1, 'first')
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  }
}

function positive(text: string | null, otherwise: number): number {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : otherwise
}

/** A page as a plain array. */
export function listAnswer<Item>(
  call: Call,
  all: readonly Item[],
  view: (item: Item) => unknown,
): Answer {
  const { items, headers } = pageOf(call, all)
  return ok(items.map(view), headers)
}

/** A page inside an object that counts all: `{ total_count, check_runs: […] }`. */
export function countedAnswer<Item>(
  call: Call,
  name: string,
  all: readonly Item[],
  view: (item: Item) => unknown,
): Answer {
  const { items, headers } = pageOf(call, all)
  return ok({ total_count: all.length, [name]: items.map(view) }, headers)
}
