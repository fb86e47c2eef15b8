/** A page of help that belongs to no command. */
export interface Topic {
  name: string
  /** One line, no full stop. */
  summary: string
  /** Plain text, at most 80 columns, a line feed at the end. */
  text: string
}
