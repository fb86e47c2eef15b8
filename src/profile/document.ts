// Reads YAML within limits. `yaml` recurses, and on deep nesting takes the whole process down (an abort inside V8's
// regular expression compiler, not an exception): so the depth is measured by its lexer and parser first, which do not.
import type { CST, Document, Node, YAMLError } from 'yaml'
import { Composer, Lexer, LineCounter, parseDocument, Parser, YAMLParseError } from 'yaml'
import { maskShapes } from '../diagnostics/secret-shapes.ts'
import { checkNodes } from './check-nodes.ts'
import { Locator } from './locate.ts'
import type { YamlProblem } from './yaml-problem.ts'

/** In UTF-8 bytes. */
export const MAX_BYTES = 1_048_576
const MAX_DEPTH = 128

export interface ReadYaml {
  /** Plain data; absent when there are problems. */
  data?: unknown
  locator: Locator
  problems: YamlProblem[]
}

/** Parses YAML 1.2 (core schema) into plain data. Never throws on account of the text. */
export function readYaml(text: string, file: string): ReadYaml {
  const lines = new LineCounter()
  const read = readTokens(text, lines)
  if ('code' in read) {
    lines.lineStarts = lineStarts(text)
    return { locator: new Locator(file, text, parseDocument(''), lines, new Map()), problems: [read] }
  }
  const doc = compose(read.tokens, text)
  const anchors = new Map<string, Node>()
  const problems = [...doc.errors, ...doc.warnings].map(fromYaml)
  if (problems.length === 0) problems.push(...checkNodes(doc, anchors))
  const locator = new Locator(file, text, doc, lines, anchors)
  if (problems.length > 0) return { locator, problems }
  // what aliases expand to has been measured: the count that `yaml` makes walks the document for each of them
  return { data: doc.toJS({ maxAliasCount: -1 }), locator, problems }
}

/** The tokens of the text, or why it is refused. `yaml` makes a document of them without reading the text again. */
function readTokens(text: string, lines: LineCounter): { tokens: CST.Token[] } | YamlProblem {
  if (text.length > MAX_BYTES || Buffer.byteLength(text) > MAX_BYTES) {
    return { code: 'SAGE1003', message: 'the profile is larger than 1 MiB', start: 0, end: 0 }
  }
  const tokens: CST.Token[] = []
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  let offset = 0
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > MAX_DEPTH) {
      return { code: 'SAGE1003', message: `more than ${MAX_DEPTH} levels of nesting`, start: offset, end: offset + 1 }
    }
    offset = parser.offset
  }
  for (const token of parser.end()) tokens.push(token)
  return { tokens }
}

/** The first document, with an error when there are more. */
function compose(tokens: readonly CST.Token[], text: string): Document.Parsed {
  const composer = new Composer({
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
    // !!binary, !!set and the like would make objects that no profile has
    resolveKnownTags: false,
    // checked below: `yaml` compares every key with every other
    uniqueKeys: false,
    logLevel: 'error',
  })
  let first: Document.Parsed | undefined
  for (const doc of composer.compose(tokens, true, text.length)) {
    if (first === undefined) first = doc
    else {
      first.errors.push(new YAMLParseError([doc.range[0], doc.range[1]], 'MULTIPLE_DOCS', 'more than one document'))
      break
    }
  }
  if (first === undefined) throw new Error('yaml always composes a document')
  return first
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function fromYaml(error: YAMLError): YamlProblem {
  const [start, end] = error.pos
  const message = maskShapes(error.message.split('\n', 1)[0] ?? '')
  switch (error.code) {
    case 'TAG_RESOLVE_FAILED':
      return {
        code: 'SAGE1005',
        message: 'unknown tag',
        hint: 'remove the tag; quote a text that starts with "!"',
        start,
        end,
      }
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
