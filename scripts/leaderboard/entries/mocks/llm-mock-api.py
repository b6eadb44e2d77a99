"""Starts llm-mock-api with a resolver that does what the prompt asks. Usage: serve.py PORT"""

import asyncio
import json
import re
import sys

from llm_mock_api import MockServer, MockServerOptions
from llm_mock_api.types.reply import ReplyObject, ToolCall


def answer(request):
    message = request.last_message
    raw = request.raw or {}
    if request.last_tool_call_id:
        return f"The result is: {request.messages[-1].content}"
    choice = raw.get("tool_choice")
    if request.tool_names and choice != "none":
        allowed = choice.get("tools", []) if isinstance(choice, dict) else []
        offered = [tool["name"] for tool in allowed if "name" in tool] or request.tool_names
        named = (choice.get("name") or choice.get("function", {}).get("name")) if isinstance(choice, dict) else None
        asked = re.search(r"(?:function|tool) (\w+)", message)
        name = named or (asked[1] if asked and asked[1] in offered else None)
        name = name or (offered[0] if choice == "required" else None)
        if name:
            texts = re.findall(r"\{[^{}]*\}", message) or ['{"city": "Paris"}']
            return ReplyObject(tools=[ToolCall(name=name, args=json.loads(text)) for text in texts])
    said = re.fullmatch(r"Reply with exactly this text and nothing else: (.*)", message, re.DOTALL)
    if said:
        return said[1]
    if "JSON" in message:
        return '{"city": "Paris"}'
    counted = re.match(r"Count from 1 to (\d+)", message)
    if counted:
        return "\n".join(str(number) for number in range(1, int(counted[1]) + 1))
    earlier = "\n".join(one.content for one in request.messages[:-1])
    word = re.search(r"code word is (\S+?)\.", earlier)
    return word[1] if "What is my code word" in message and word else "OK"


async def main():
    server = MockServer(
        MockServerOptions(port=int(sys.argv[1]), host="127.0.0.1", default_latency=10, default_chunk_size=8)
    )
    server.when(lambda request: True).reply(answer)
    await server.start()
    await asyncio.Event().wait()


asyncio.run(main())
