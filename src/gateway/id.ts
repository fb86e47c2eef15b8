/** A decision id: 16 hexadecimal digits. `random` gives numbers in [0, 1). */
export function newId(random: () => number): string {
  const half = (): string =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0')
  return half() + half()
}
