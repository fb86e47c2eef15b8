import type { Topic } from './topic.ts'

export const checks: Topic = {
  name: 'checks',
  summary: 'what sage doctor checks',
  text: `Checks

sage doctor runs these, all at once:

  node            the version of Node
  node-settings   NODE_OPTIONS and other variables that change how Node works
  profile         which profile is used and why, and its mistakes
  other-profiles  profiles that are there but not used
  secrets         credentials in the text of the profile, comments too
  models          names that lead to no model, models that were retired
  lock            whether the lock file is sound and up to date
  keys            keys that are missing or cannot be right; never shown
  serve           who can reach sage, and the token
  port            whether the port is free, and who has it if not
  loop            providers that are sage itself
  file-modes      files with keys that others can read
  git-ignore      files with keys that git could publish
  proxy           proxy variables that keep clients from reaching sage
  dns, tcp, tls, http   the way to each provider, step by step and timed
  auth            whether the providers accept the keys; costs nothing
  live            with --live: whether a model of each provider answers
  clock           the clock of this machine
  ollama-sign-in  whether Ollama is signed in, for its cloud models
  ollama-context  Ollama models that silently cut off long prompts
  clients         clients on this machine that do not go through sage

Each finding says what is so, what it means, and a command or an edit that mends
it. Exit code 1: something is broken. Warnings leave it at 0; --strict does not.

--only runs some of them, --offline leaves out what needs the network, and --fix
makes files with keys private and has git ignore them.
--json prints what schemas/doctor.schema.json describes.
`,
}
