import type { SourceRef } from '../../profile/types.ts'
import type { State } from '../state.ts'

/** One thing in which two states differ. */
export interface Part {
  kind: 'rule' | 'weight' | 'policy' | 'profile' | 'model' | 'fact' | 'health'
  /** What it is: `weight price of policy auto`. */
  what: string
  /** What it was, in a few words; `none` for something new. */
  from: string
  to: string
  /** Where it stands now; where it stood when it is gone. */
  source?: SourceRef
  /** The policy it belongs to; absent when it may matter to all. */
  policy?: string
  /** The state with this one thing as it was before. Parts may be reverted one after the other, in their order. */
  revert(state: State): State
}

/** Added, removed and moved items of a list, told by name. */
export interface ListChange<Item> {
  added: Item[]
  removed: Item[]
  /** In both, with different contents. */
  kept: { before: Item; after: Item }[]
  /** The items in both stand in another order. */
  isMoved: boolean
}

export function compareLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
): ListChange<Item> {
  const old = new Map(before.map((item) => [nameOf(item), item]))
  const now = new Map(after.map((item) => [nameOf(item), item]))
  const keptNames = after.map(nameOf).filter((name) => old.has(name))
  const oldNames = before.map(nameOf).filter((name) => now.has(name))
  return {
    added: after.filter((item) => !old.has(nameOf(item))),
    removed: before.filter((item) => !now.has(nameOf(item))),
    kept: after.flatMap((item) => {
      const known = old.get(nameOf(item))
      return known === undefined ? [] : [{ before: known, after: item }]
    }),
    isMoved: keptNames.some((name, at) => name !== oldNames[at]),
  }
}

/** The list with an item put where it stood before: in front of the next of its old neighbours that is still there. */
export function insertAsBefore<Item>(
  list: readonly Item[],
  item: Item,
  before: readonly Item[],
  nameOf: (item: Item) => string,
): Item[] {
  const followers = before.slice(before.findIndex((other) => nameOf(other) === nameOf(item)) + 1).map(nameOf)
  const places = new Map(list.map((other, at) => [nameOf(other), at]))
  const next = followers.find((name) => places.has(name))
  const at = next === undefined ? list.length : (places.get(next) ?? list.length)
  return list.toSpliced(at, 0, item)
}

/** The list in its old order; a new item stays behind the one it follows. */
export function orderAsBefore<Item>(
  list: readonly Item[],
  before: readonly Item[],
  nameOf: (item: Item) => string,
): Item[] {
  const places = new Map(before.map((item, at) => [nameOf(item), at]))
  let last = -1
  const ranked = list.map((item) => ({ item, place: (last = places.get(nameOf(item)) ?? last) }))
  return ranked.toSorted((a, b) => a.place - b.place).map(({ item }) => item)
}
