/** Joins texts that were separate parts. */
export function joinTexts(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}

/** The text of a document below its name, when it has one. */
export function titled(name: string | undefined, text: string): string {
  return name === undefined || name === '' || text === '' ? text : `${name}:\n${text}`
}
