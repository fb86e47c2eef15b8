// Conversations as agents send them: byte for byte, so written by hand and not by JSON.stringify alone.

/** Arguments as a model wrote them: spaces, escapes and number formats that a parser would change. */
export const ODD_ARGUMENTS = '{"c":"ls", "n":1.0 ,\n"big":9007199254740993,"e":"\\u00e9\\/","x":{ }}'
export const CALL_ID = 'call_9f~K:x'
/** A 1 × 1 PNG in base64. */
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const SCHEMA =
  '{"type":"object","properties":{"c":{"type":"string"},"n":{"type":"number","minimum":0.10}},"required":["c"]}'

export const CHAT_TOOLS: string = `[ {"type":"function","function":{"name":"shell","strict":false,"parameters":${SCHEMA}}} ,
  {"type":"function","function":{"name":"clock"}}]`

export const MESSAGES_TOOLS: string = `[ {"name":"shell","input_schema":${SCHEMA},"cache_control":{"type":"ephemeral"}} ,
  {"type":"web_search_20250305","name":"web_search","max_uses":5.0}]`

/** Three turns of OpenAI Chat: a question, a tool call with its result, and a remark. */
export function chatConversation(first: string = 'List the files.'): string {
  return `[{"role":"system","content":"You are an agent.  "},
    {"role":"user","content":${JSON.stringify(first)},"name":"bob"},
    {"role":"assistant","content":null,"reasoning_content":"I  should look.\\n","tool_calls":[
      {"id":"${CALL_ID}","type":"function","function":{"name":"shell","arguments":${JSON.stringify(ODD_ARGUMENTS)}}}]},
    {"role":"tool","tool_call_id":"${CALL_ID}","content":"a.ts\\nb.ts"},
    {"role":"assistant","content":"Two files."},
    {"role":"user","content":[{"type":"text","text":"Thanks \\ud83d\\ude00 — and now?","x-unknown":[1e3,-0.0]}]}]`
}

/** Three turns of Messages, with thinking and its proof. */
export function messagesConversation(first: string = 'List the files.'): string {
  return `[{"role":"user","content":${JSON.stringify(first)}},
    {"role":"assistant","content":[
      {"type":"thinking","thinking":"I  should look.\\n","signature":"EqQBCkYIBxgC/+8=="},
      {"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix/LafPsn4a"},
      {"type":"text","text":"Let me see. "},
      {"type":"tool_use","id":"toolu_01A","name":"shell","input":{"c":"ls", "n":1.0 ,"big":9007199254740993,"x":{ }}}]},
    {"role":"user","content":[
      {"type":"tool_result","tool_use_id":"toolu_01A","is_error":false,"content":[{"type":"text","text":"a.ts"},
        {"type":"image","source":{"type":"base64","media_type":"image/png","data":"${PNG}"}}]},
      {"type":"text","text":"And now?","cache_control":{"type":"ephemeral"}}]}]`
}
