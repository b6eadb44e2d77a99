"""The bot: a tool, structured output, retries by the SDK, and a stream."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from openai import OpenAI

INSTRUCTIONS = "You triage support tickets. Look up the orders that a ticket names before you decide."

# Prevents a model that only calls tools from running for ever.
MAX_ROUNDS = 4

FIND_ORDER: Any = {
    "type": "function",
    "name": "find_order",
    "description": "Returns an order by its number.",
    "strict": True,
    "parameters": {
        "type": "object",
        "properties": {"id": {"type": "string"}},
        "required": ["id"],
        "additionalProperties": False,
    },
}

FORMAT: Any = {
    "type": "json_schema",
    "name": "triage",
    "strict": True,
    "schema": {
        "type": "object",
        "properties": {
            "category": {"type": "string", "enum": ["refund", "delivery", "other"]},
            "urgent": {"type": "boolean"},
            "summary": {"type": "string"},
        },
        "required": ["category", "urgent", "summary"],
        "additionalProperties": False,
    },
}


class TriageError(Exception):
    """The model gave no verdict."""


@dataclass
class Bot:
    client: OpenAI
    model: str
    find_order: Callable[[str], dict[str, str] | None]

    def triage(self, ticket: str) -> dict[str, Any]:
        """Sorts a ticket. Calls the model again with the results of its tools until it decides."""
        messages: Any = [{"role": "user", "content": f"Ticket:\n{ticket}"}]
        previous: str | None = None
        for _ in range(MAX_ROUNDS):
            response = self.client.responses.create(
                model=self.model,
                instructions=INSTRUCTIONS,
                input=messages,
                previous_response_id=previous,
                tools=[FIND_ORDER],
                text={"format": FORMAT},
            )
            calls = [item for item in response.output if item.type == "function_call"]
            if not calls:
                return self._parse(response.output_text)
            messages = [self._run(call) for call in calls]
            previous = response.id
        raise TriageError(f"No verdict after {MAX_ROUNDS} rounds of tool calls.")

    def draft_reply(self, summary: str) -> Iterator[str]:
        """Streams a draft of the reply. Raises TriageError if the stream ends early."""
        events = self.client.responses.create(model=self.model, input=f"Draft a reply. {summary}", stream=True)
        for event in events:
            if event.type == "response.output_text.delta":
                yield event.delta
            if event.type == "response.completed":
                return
        raise TriageError("The draft was cut short.")

    def _run(self, call: Any) -> dict[str, str]:
        order = self.find_order(json.loads(call.arguments)["id"])
        output = json.dumps(order) if order else "There is no such order."
        return {"type": "function_call_output", "call_id": call.call_id, "output": output}

    @staticmethod
    def _parse(text: str) -> dict[str, Any]:
        try:
            return json.loads(text)
        except ValueError as error:
            raise TriageError(f"The model did not answer with JSON: {text}") from error
