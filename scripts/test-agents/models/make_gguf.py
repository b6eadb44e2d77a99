"""Writes a tiny random Llama as a GGUF file. Usage: make_gguf.py FILE

The vocabulary is the 256 bytes and a few words, so that any grammar can be followed. Without one the model writes
letters, words, spaces and quotation marks: servers refuse to parse random bytes.
"""

import sys

import numpy
from gguf import GGUFWriter, TokenType

WIDTH, HEADS, LAYERS, INNER, CONTEXT = 64, 4, 2, 128, 4096
WORDS = [" the", " and", " of", " to", " a", " in", " is", " it", " you", " that"]
TEMPLATE = (
    "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
    "{% if add_generation_prompt %}assistant: {% endif %}"
)

# The first dimension is the same for every token and no layer writes it, so its weights in the output are biases.
BIAS, SUPPRESSED, RARE = 0, -6.0, -0.15
# A string of JSON has to end, too.
LIKELY = {ord(letter) for letter in 'abcdefghijklmnopqrstuvwxyz "'}

random = numpy.random.default_rng(7)


def matrix(rows: int, columns: int) -> numpy.ndarray:
    return random.normal(0, 0.1, (rows, columns)).astype(numpy.float32)


def embeddings(tokens: int) -> numpy.ndarray:
    weights = matrix(tokens, WIDTH)
    weights[:, BIAS] = 1
    return weights


def output(biases: list[float]) -> numpy.ndarray:
    weights = matrix(len(biases), WIDTH)
    weights[:, BIAS] = biases
    return weights


def without_bias(weights: numpy.ndarray) -> numpy.ndarray:
    weights[BIAS, :] = 0
    return weights


def main(path: str) -> None:
    tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    kinds = [TokenType.UNKNOWN, TokenType.CONTROL, TokenType.CONTROL] + [TokenType.BYTE] * 256
    for word in WORDS:
        tokens.append(word.replace(" ", "\u2581"))
        kinds.append(TokenType.NORMAL)
    biases = [0 if index - 3 in LIKELY or index >= 259 else SUPPRESSED for index in range(len(tokens))]
    biases[tokens.index("</s>")] = RARE
    writer = GGUFWriter(path, "llama")
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([0.0] * len(tokens))
    writer.add_token_types(kinds)
    # Otherwise the model's own prompt begins with a space, which no grammar of a template expects.
    writer.add_add_space_prefix(False)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)
    writer.add_tensor("token_embd.weight", embeddings(len(tokens)))
    writer.add_tensor("output_norm.weight", numpy.ones(WIDTH, numpy.float32))
    writer.add_tensor("output.weight", output(biases))
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        writer.add_tensor(f"{block}.attn_norm.weight", numpy.ones(WIDTH, numpy.float32))
        writer.add_tensor(f"{block}.ffn_norm.weight", numpy.ones(WIDTH, numpy.float32))
        for name in ("attn_q", "attn_k", "attn_v"):
            writer.add_tensor(f"{block}.{name}.weight", matrix(WIDTH, WIDTH))
        writer.add_tensor(f"{block}.attn_output.weight", without_bias(matrix(WIDTH, WIDTH)))
        writer.add_tensor(f"{block}.ffn_gate.weight", matrix(INNER, WIDTH))
        writer.add_tensor(f"{block}.ffn_up.weight", matrix(INNER, WIDTH))
        writer.add_tensor(f"{block}.ffn_down.weight", without_bias(matrix(WIDTH, INNER)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


main(sys.argv[1])
