/** What an item of `input` is to the conversation. */
export type ItemKind = 'system' | 'user' | 'assistant' | 'reasoning' | 'call' | 'result' | 'tools' | 'other'

/** Kind of an item by its `type` and `role`. An item with a role and no type is a message. */
export function itemKind(type: unknown, role: unknown): ItemKind {
  switch (type) {
    case undefined:
    case 'message':
      return messageKind(role)
    case 'reasoning':
      return 'reasoning'
    case 'function_call':
    case 'custom_tool_call':
      return 'call'
    case 'additional_tools':
      return 'tools'
    default:
      // Shells, computers and the like have outputs of their own: the agent's loop goes on after them, too.
      return typeof type === 'string' && type.endsWith('_output') ? 'result' : 'other'
  }
}

function messageKind(role: unknown): ItemKind {
  switch (role) {
    case 'system':
    case 'developer':
      return 'system'
    case 'user':
    case 'assistant':
      return role
    default:
      return 'other'
  }
}
