// Writes two files in turn until it is killed: node --import tsx init-forever.mjs <folder>
import { join } from 'node:path'
import { readText } from '../../src/init/file-text.ts'
import { writeFiles } from '../../src/init/write-files.ts'

const folder = process.argv[2]
const paths = ['one', 'two'].map((name) => join(folder, name))
for (let i = 0; ; i++) {
  const after = 'ab'[i % 2].repeat(200_000)
  await writeFiles(
    join(folder, 'state'),
    paths.map((path) => ({ path, before: readText(path), after })),
    'now',
  )
  if (i === 1) process.stdout.write('ready\n')
}
