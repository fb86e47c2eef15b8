/** Shorter tokens of clients are refused, in characters: whoever reaches the port could try them all. */
export const SHORTEST_TOKEN = 16
