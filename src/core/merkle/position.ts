/** A node's place in its row of the tree, and the row's last place: `fn` and `sn` of RFC 9162. */
export interface Position {
  readonly place: number
  readonly last: number
}

/** Whether the node is joined with one on its left, and where the joined node is. */
export function climb(position: Position): {
  readonly fromLeft: boolean
  readonly above: Position
} {
  const fromLeft = position.place % 2 === 1 || position.place === position.last
  let below = position
  // The last node of a row without a partner goes up as it is, until it is a right one.
  while (fromLeft && below.place % 2 === 0 && below.place > 0) below = halve(below)
  return { fromLeft, above: halve(below) }
}

/** One row up. Sizes go beyond 32 bits, so no bit operators. */
export function halve({ place, last }: Position): Position {
  return { place: Math.floor(place / 2), last: Math.floor(last / 2) }
}
