const phrases = /context_length_exceeded|exceed_context_size|maximum context length|context (size|window|length)/i;

/** Does an upstream's error say that the conversation is too long? So OpenAI, llama.cpp, vLLM, Ollama and LM Studio say it. */
export const isContextError = (text: string): boolean => phrases.test(text);
