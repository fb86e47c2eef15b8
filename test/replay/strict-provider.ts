// A provider that refuses what the real one would refuse, and else gives the scripted answer in its own dialect.
import type { AnyKind } from '../helpers/fake-provider.ts'
import { errorBody } from '../helpers/grid-faults.ts'
import { at } from '../helpers/grid-json.ts'
import { askedIn, isStreamed, wireOf, type GridReply, type ProviderDialectName } from '../helpers/grid-provider.ts'
import { responsesAnswer, responsesStream } from '../helpers/openai-responses-replies.ts'
import { startUpstream, type Received, type Reply, type Upstream } from '../helpers/upstream.ts'
import { wireViolations } from '../helpers/wire-rules/index.ts'
import { isSameTool } from './compare.ts'
import { offeredTools, type OfferedTool } from './conversation.ts'

export interface StrictProvider extends Upstream {
  /** What it says to the next request; `tools` are the client's own names of the tools that it offers. */
  script(reply: GridReply, tools?: readonly string[]): void
  /** Answers with status 500 from now on. */
  breakDown(): void
  /** What it refused the last request for. */
  refusals(): readonly string[]
}

/** What it proves its reasoning with, in dialects that always do, when nothing else is scripted. */
const OWN_PROOF = 'b3duLXByb29m'
/** Gemini's documented stand-in for a signature that is not there. */
const NO_SIGNATURE = 'skip_thought_signature_validator'

export async function startStrictProvider(kind: AnyKind): Promise<StrictProvider> {
  let reply: GridReply = { text: 'ok' }
  let names: readonly string[] = []
  let isBroken = false
  let refusals: string[] = []
  const issued = new Set([NO_SIGNATURE])
  const upstream = await startUpstream((request) => {
    const dialect = askedIn(kind, request)
    if (isBroken) return { status: 500, json: errorBody(dialect, 500, 'broken') }
    refusals = [...wireViolations(dialect, request), ...foreignProofs(request.json, issued)]
    if (refusals.length > 0) return { status: 400, json: errorBody(dialect, 400, refusals.join('; ')) }
    const proof = reply.proof ?? (dialect === 'gemini' || dialect === 'messages' ? OWN_PROOF : undefined)
    if (proof !== undefined) issued.add(proof)
    const signed = { ...reply, ...(proof !== undefined && { proof }) }
    return play(dialect, request, renamed(signed, names, offeredTools(request.json)))
  })
  return {
    ...upstream,
    get aborted() {
      return upstream.aborted
    },
    script: (next, tools = []) => {
      reply = next
      names = tools
      refusals = []
    },
    breakDown: () => {
      isBroken = true
    },
    refusals: () => refusals,
  }
}

/** Opaque proofs are bound to the model that made them: any other is a 400. */
function foreignProofs(value: unknown, issued: ReadonlySet<string>): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const isProof = key === 'signature' || key === 'thoughtSignature' || key === 'encrypted_content'
    if (isProof && typeof inner === 'string' && inner !== '')
      return issued.has(inner) ? [] : [`${key}: made by another model`]
    // Definitions of tools may have properties of any name.
    return key === 'tools' ? [] : foreignProofs(inner, issued)
  })
}

interface OfferedReply extends GridReply {
  calls?: readonly { id: string; name: string; arguments: Record<string, unknown>; tool?: OfferedTool }[]
}

/** Calls go to tools by the names under which they were offered, which the router may have had to change. */
function renamed(reply: GridReply, names: readonly string[], tools: readonly OfferedTool[]): OfferedReply {
  const { calls, ...rest } = reply
  if (calls === undefined) return rest
  const found = calls.map((call) => {
    const place = names.length === tools.length ? names.indexOf(call.name) : -1
    const tool = tools[place] ?? tools.find(({ name }) => isSameTool(name, call.name))
    return tool === undefined ? call : { ...call, name: tool.name, tool }
  })
  return { ...rest, calls: found }
}

function play(dialect: ProviderDialectName, request: Received, reply: OfferedReply): Reply {
  const wire = dialect === 'responses' ? responsesWire(reply) : wireOf(dialect, reply)
  if (!isStreamed(request) && !(dialect === 'ollama' && request.json['stream'] === undefined))
    return { json: wire.whole }
  return { chunks: wire.stream, ...(dialect === 'ollama' && { headers: { 'content-type': 'application/x-ndjson' } }) }
}

/** Responses has tools in namespaces and tools that take free text. */
function responsesWire({ calls, proof, text, thinking }: OfferedReply): ReturnType<typeof wireOf> {
  const reply = {
    model: 'm',
    ...(text !== undefined && { text }),
    ...(thinking !== undefined && { thinking }),
    ...(proof !== undefined && { encrypted: proof }),
    ...(calls && {
      toolCalls: calls.map(({ id, name, arguments: args, tool }) => ({
        id,
        name,
        ...(tool?.namespace !== undefined && { namespace: tool.namespace }),
        ...(tool?.isCustom === true ? { input: String(at(args, 'input')) } : { arguments: args }),
      })),
    }),
  }
  return { whole: responsesAnswer(reply), stream: responsesStream(reply) }
}
