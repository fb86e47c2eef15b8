// Reads YAML within limits. `yaml` recurses, and on deep nesting takes the whole process down (an abort inside V8's
// regular expression compiler, not an exception): so the depth is measured by its lexer and parser first, which do not.
import type { Document, Node } from 'yaml'
import { isAlias, isScalar, Lexer, LineCounter, parseDocument, Parser, visit, YAMLError } from 'yaml'
import type { ProfileCode } from '../diagnostics/codes.ts'
import { maskShapes } from '../diagnostics/secret-shapes.ts'
import { Locator } from './locate.ts'

/** In UTF-8 bytes. */
export const MAX_BYTES = 1_048_576
const MAX_DEPTH = 128
const MAX_ALIASES = 1000
/** How often the content of one anchor may be repeated. */
const MAX_ALIAS_COUNT = 20

/** A mistake in the YAML itself; offsets into the text. */
export interface YamlProblem {
  code: ProfileCode
  message: string
  hint?: string
  start: number
  end: number
}

export interface ReadYaml {
  /** Plain data; absent when there are problems. */
  data?: unknown
  locator: Locator
  problems: YamlProblem[]
}

/** Parses YAML 1.2 (core schema) into plain data. Never throws on account of the text. */
export function readYaml(text: string, file: string): ReadYaml {
  const lines = new LineCounter()
  const refused = checkLimits(text)
  if (refused !== undefined) {
    lines.lineStarts = lineStarts(text)
    return { locator: new Locator(file, text, parseDocument(''), lines, new Map()), problems: [refused] }
  }
  const doc = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
    uniqueKeys: true,
    logLevel: 'error',
  })
  const anchors = new Map<string, Node>()
  const problems = [...doc.errors, ...doc.warnings].map((error) => fromYaml(error, text))
  if (problems.length === 0) problems.push(...checkNodes(doc, anchors))
  const locator = new Locator(file, text, doc, lines, anchors)
  if (problems.length > 0) return { locator, problems }
  try {
    return { data: doc.toJS({ maxAliasCount: MAX_ALIAS_COUNT }), locator, problems }
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const message = `aliases repeat one value more than ${MAX_ALIAS_COUNT} times`
    return { locator, problems: [{ code: 'SAGE1003', message, start: 0, end: 0 }] }
  }
}

function checkLimits(text: string): YamlProblem | undefined {
  if (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES) {
    return { code: 'SAGE1003', message: 'the profile is larger than 1 MiB', start: 0, end: 0 }
  }
  const parser = new Parser()
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    // tokens are of no interest, only how deep the parser stands
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) {
      return { code: 'SAGE1003', message: `more than ${MAX_DEPTH} levels of nesting`, start: offset, end: offset + 1 }
    }
    offset = parser.offset
  }
  return undefined
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function fromYaml(error: YAMLError, text: string): YamlProblem {
  const [start, end] = error.pos
  const message = maskShapes(error.message.split('\n', 1)[0] ?? '')
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return { code: 'SAGE1006', message: 'this key is given twice', start, end: start + keyLength(text, start) }
    case 'TAG_RESOLVE_FAILED':
      return { code: 'SAGE1005', message: 'unknown tag', hint: 'remove the tag; quote a text that starts with "!"', start, end }
    case 'BAD_ALIAS':
      return { code: 'SAGE1005', message, hint: 'quote a text that starts with "*" or "&"', start, end }
    case 'TAB_AS_INDENT':
      return { code: 'SAGE1004', message: 'tabs cannot indent', hint: 'use spaces', start, end }
    case 'MULTIPLE_DOCS':
      return { code: 'SAGE1004', message: 'more than one document', hint: 'remove the line `---`', start, end }
    default:
      return { code: 'SAGE1004', message, start, end }
  }
}

function keyLength(text: string, start: number): number {
  return /^(?:"[^"\n]*"|'[^'\n]*'|[^:\s]+)/.exec(text.slice(start, start + 200))?.[0].length ?? 1
}

/** What `yaml` leaves to the user: aliases that lead nowhere or into themselves, numbers that read otherwise elsewhere. */
function checkNodes(doc: Document, anchors: Map<string, Node>): YamlProblem[] {
  const problems: YamlProblem[] = []
  let aliases = 0
  visit(doc, (_, node, ancestors) => {
    if (isAlias(node)) {
      const problem = ++aliases > MAX_ALIASES ? undefined : checkAlias(node.source, anchors, ancestors)
      if (problem !== undefined) problems.push({ ...problem, ...rangeOf(node) })
      if (aliases !== MAX_ALIASES + 1) return undefined
      problems.push({ code: 'SAGE1003', message: `more than ${MAX_ALIASES} aliases`, ...rangeOf(node) })
      return visit.BREAK
    }
    if (isScalar(node) && typeof node.value === 'number' && /^[-+]?0\d/.test(node.source ?? '')) {
      const hint = `write ${Number(node.source)}, or put it in quotes`
      problems.push({ code: 'SAGE1014', message: 'a number must not start with 0', hint, ...rangeOf(node) })
    }
    const anchor = typeof node === 'object' && node !== null && 'anchor' in node ? node.anchor : undefined
    if (typeof anchor === 'string') {
      if (anchors.has(anchor)) {
        const message = `the anchor &${anchor} is defined twice`
        problems.push({ code: 'SAGE1005', message, hint: 'give it another name', ...rangeOf(node as Node) })
      }
      anchors.set(anchor, node as Node)
    }
    return undefined
  })
  return problems
}

function checkAlias(
  name: string,
  anchors: ReadonlyMap<string, Node>,
  ancestors: readonly unknown[],
): Pick<YamlProblem, 'code' | 'message' | 'hint'> | undefined {
  const meant = anchors.get(name)
  if (meant === undefined) {
    const hint = 'define the anchor above it; a text that starts with "*", such as a glob, needs quotes'
    return { code: 'SAGE1005', message: `there is no anchor &${name} above this alias`, hint }
  }
  return ancestors.includes(meant)
    ? { code: 'SAGE1005', message: `the alias *${name} stands inside what it stands for` }
    : undefined
}

function rangeOf(node: { range?: readonly [number, number, number] | null | undefined }): { start: number; end: number } {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 }
}
