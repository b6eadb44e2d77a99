const phrases = /context_length_exceeded|exceed_context_size|maximum context length|context (size|window|length)/i;

/** Whether an error text of OpenAI, llama.cpp, vLLM, Ollama or LM Studio reports a conversation that is too long. */
export const isContextError = (text: string): boolean => phrases.test(text);
