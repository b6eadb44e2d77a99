/**
 * The wordings of OpenAI, Azure, Anthropic, Bedrock, Gemini, Mistral, Groq, xAI, Cohere, DashScope, llama.cpp, LM Studio,
 * Ollama, vLLM, SGLang and text-generation-inference. A mere mention of the context does not count.
 */
const wordings = [
  /context_?(length|window)_?exceeded|exceed_context_size|maximum (context|prompt|model) length/,
  /(exceed|longer|larger|greater|more|beyond|too (long|large|big|many))[^.]{0,80}\bcontext\b/,
  /\bcontext\b[^.]{0,80}(exceed|overflow|too (long|large|small))/,
  /(prompt|input|conversation|history)( is|s are| was)? too long/,
  /(prompt|input|token count|(prompt|input) (tokens?|length))[^.]{0,40} exceeds?\b[^.]{0,20}\b(max|limit|configured)/,
  /exceeds the maximum number of (input )?tokens/,
  /loaded with (a )?context length of only/,
  /too many (input |prompt )?tokens(?! per)/,
  /reduce the length of (the|your) (messages|prompt|input)/,
  /inputs`? (tokens \+ `?max_new_tokens`? must be <=|must have less than \d+ tokens)/,
  /range of input length should be/,
];
const pattern = new RegExp(wordings.map(({ source }) => source).join('|'), 'i');

/** Whether the text of an error reports a conversation that is longer than the context of the model. */
export const isContextError = (text: string): boolean => pattern.test(text);
