from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import OpenAI
from talaria import Talaria, start_talaria


@pytest.fixture(scope="session")
def server() -> Iterator[Talaria]:
    with start_talaria(Path(__file__).with_name("rules.yaml")) as talaria:
        yield talaria


@pytest.fixture
def talaria(server: Talaria) -> Talaria:
    server.reset()
    return server


@pytest.fixture
def client(talaria: Talaria) -> OpenAI:
    return OpenAI(base_url=talaria.base_url, api_key="sk-test")
