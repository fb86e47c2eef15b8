// What `yaml` leaves to the user, or does in quadratic time: aliases that lead nowhere, into themselves or to too much,
// keys given twice, and numbers that read otherwise elsewhere.
import type { Document, Node, Scalar, YAMLMap } from 'yaml'
import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { YamlProblem } from './yaml-problem.ts'

const MAX_ALIASES = 1000
/** How many values all aliases together may stand for. */
const MAX_EXPANDED = 10_000

/** Checks a document whose nesting is known to be sane. Fills `anchors` with the nodes that aliases stand for. */
export function checkNodes(doc: Document, anchors: Map<string, Node>): YamlProblem[] {
  const problems: YamlProblem[] = []
  const weights = new Map<string, number>()
  const open = new Set<Node>()
  let aliases = 0
  let expanded = 0

  /** Number of values that the node stands for. */
  const weigh = (node: unknown): number => {
    if (isAlias(node)) return weighAlias(node.source, rangeOf(node))
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return 0
    const anchor = node.anchor
    if (anchor !== undefined && anchors.has(anchor)) {
      const message = `the anchor &${anchor} is defined twice`
      problems.push({ code: 'SAGE1005', message, hint: 'give it another name', ...rangeOf(node) })
    }
    if (anchor !== undefined) anchors.set(anchor, node)
    open.add(node)
    let weight = 1
    if (isScalar(node)) problems.push(...checkNumber(node))
    if (isMap(node)) problems.push(...checkKeys(node))
    if (isMap(node)) for (const { key, value } of node.items) weight += weigh(key) + weigh(value)
    if (isSeq(node)) for (const item of node.items) weight += weigh(item)
    open.delete(node)
    if (anchor !== undefined) weights.set(anchor, weight)
    return weight
  }

  const weighAlias = (name: string, range: { start: number; end: number }): number => {
    const meant = anchors.get(name)
    if (meant === undefined) {
      const hint = 'define the anchor above it; a text that starts with "*", such as a glob, needs quotes'
      problems.push({ code: 'SAGE1005', message: `there is no anchor &${name} above this alias`, hint, ...range })
      return 0
    }
    if (open.has(meant)) {
      problems.push({ code: 'SAGE1005', message: `the alias *${name} stands inside what it stands for`, ...range })
      return 0
    }
    const weight = weights.get(name) ?? 0
    const wasFine = aliases <= MAX_ALIASES && expanded <= MAX_EXPANDED
    aliases += 1
    expanded += weight
    if (wasFine && aliases > MAX_ALIASES) {
      problems.push({ code: 'SAGE1003', message: `more than ${MAX_ALIASES} aliases`, ...range })
    } else if (wasFine && expanded > MAX_EXPANDED) {
      problems.push({ code: 'SAGE1003', message: `the aliases stand for more than ${MAX_EXPANDED} values`, ...range })
    }
    return weight
  }

  weigh(doc.contents)
  return problems
}

/** YAML 1.1 read `012` as ten, YAML 1.2 as twelve: nobody can be sure of what was meant. */
function checkNumber(node: Scalar): YamlProblem[] {
  if (typeof node.value !== 'number' || !/^[-+]?0\d/.test(node.source ?? '')) return []
  const hint = `write ${Number(node.source)}, or put it in quotes`
  return [{ code: 'SAGE1014', message: 'a number must not start with 0', hint, ...rangeOf(node) }]
}

function checkKeys(map: YAMLMap): YamlProblem[] {
  const keys = new Set<unknown>()
  return map.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : key
    if (!keys.has(name)) {
      keys.add(name)
      return []
    }
    return [{ code: 'SAGE1006' as const, message: 'this key is given twice', ...rangeOf(key as Node) }]
  })
}

function rangeOf({ range }: Pick<Node, 'range'>): { start: number; end: number } {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 }
}
