/** A text stream to write to, with what is known of its terminal. */
export interface Output {
  write(text: string): void
  isTTY: boolean
  /** Columns of the terminal; undefined when it is none. */
  columns: number | undefined
  /** Colour depth in bits, 1 when it is no terminal. */
  colorDepth: number
}

export interface Input {
  isTTY: boolean
  /** All bytes up to the end of input. */
  read(): Promise<Buffer>
}

export type StopSignal = 'SIGINT' | 'SIGTERM'

/** All that a command may know of the process it runs in. Made by cli.ts, or by a test. */
export interface Context {
  /** Arguments behind the program's name. */
  argv: readonly string[]
  env: Readonly<Record<string, string | undefined>>
  cwd: string
  /** The user's home directory. */
  home: string
  platform: string
  /** Version of sage. */
  version: string
  /** Version of Node, as `process.versions.node` has it: `20.19.4`. */
  nodeVersion: string
  stdin: Input
  stdout: Output
  stderr: Output
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds of a clock that never goes back. */
  mono(): number
  /** In [0, 1). */
  random(): number
  /** Number of this process. */
  pid: number
  /** Whether there is a process of that number now. */
  isRunning(pid: number): boolean
  /** Calls back on SIGINT and SIGTERM, which then no longer end the process. Returns what undoes it. */
  onSignal(listener: (signal: StopSignal) => void): () => void
  /** Calls back on SIGHUP, where there is one, unless its terminal has gone: that is a SIGTERM. Returns what undoes it. */
  onHangUp(listener: () => void): () => void
  /** Ends the process at once; only for a second signal, when nothing that is still open matters. */
  exitNow(code: number): void
}
