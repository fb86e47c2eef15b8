/** A report as paragraphs, tables and lists: what Markdown and HTML are written from. */
export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: Text }
  | { kind: 'paragraph'; text: Text }
  | { kind: 'table'; head: string[]; rows: Text[][] }
  | { kind: 'list'; items: Text[] }
  /** Folded away until somebody opens it. */
  | { kind: 'details'; summary: string; blocks: Block[] }

export type Span = string | { code: string } | { strong: string }
export type Text = Span | Span[]

export function code(text: string): Span {
  return { code: text }
}

export function strong(text: string): Span {
  return { strong: text }
}

/** Texts one after the other with something between them. */
export function join(texts: readonly Text[], between: string): Span[] {
  return texts.flatMap((text, at) => [...(at === 0 ? [] : [between]), ...spans(text)])
}

export function spans(text: Text): Span[] {
  return Array.isArray(text) ? text : [text]
}
