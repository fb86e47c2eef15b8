import type { Effects } from './effects.ts'

/** Who listens on a TCP port, in words: `node (process 123)`. Best effort: undefined when the platform does not tell. */
export async function portOwner(effects: Effects, port: number, platform: string): Promise<string | undefined> {
  if (platform === 'win32') return fromNetstat(effects, port)
  return (platform === 'linux' ? await fromProc(effects, port) : undefined) ?? (await fromLsof(effects, port))
}

/** Linux: the socket's inode from /proc/net/tcp, then the process that has it open. */
async function fromProc({ files }: Effects, port: number): Promise<string | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => files.read(path)))
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table ?? '', port)))
  if (inodes.size === 0) return undefined
  const processes = (await files.list('/proc')).filter((name) => /^\d+$/.test(name))
  for (const id of processes) {
    for (const descriptor of await files.list(`/proc/${id}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec((await files.link(`/proc/${id}/fd/${descriptor}`)) ?? '')?.[1]
      if (inode !== undefined && inodes.has(inode)) {
        return `${(await files.read(`/proc/${id}/comm`))?.trim() ?? 'a program'} (process ${id})`
      }
    }
  }
  return undefined
}

/** Columns of /proc/net/tcp: number, local address, remote address, state (0A listens), …, inode (the tenth). */
function listeningInodes(table: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    return state === '0A' && local.endsWith(`:${wanted}`) ? [inode] : []
  })
}

/** `-F pc` writes a line `p<id>` and a line `c<command>` for each process. */
async function fromLsof(effects: Effects, port: number): Promise<string | undefined> {
  const result = await effects.run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-F', 'pc'])
  const [, id] = /^p(\d+)$/m.exec(result?.stdout ?? '') ?? []
  const [, name = 'a program'] = /^c(.+)$/m.exec(result?.stdout ?? '') ?? []
  return id === undefined ? undefined : `${name} (process ${id})`
}

/** Lines of netstat: protocol, local address, remote address, state (translated), process. */
async function fromNetstat(effects: Effects, port: number): Promise<string | undefined> {
  const result = await effects.run('netstat', ['-ano', '-p', 'TCP'])
  const pattern = new RegExp(`^\\s*TCP\\s+\\S+:${port}\\s+\\S+:0\\s+\\S+\\s+(\\d+)\\s*$`, 'm')
  const id = pattern.exec(result?.stdout ?? '')?.[1]
  if (id === undefined) return undefined
  const tasks = await effects.run('tasklist', ['/FI', `PID eq ${id}`, '/FO', 'CSV', '/NH'])
  return `${/^"([^"]+)"/.exec(tasks?.stdout ?? '')?.[1] ?? 'a program'} (process ${id})`
}
