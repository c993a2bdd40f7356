"""What OpenAPI describes, asked with all that it allows and much that it does not: no answer is a crash.

`MARSAD_API_EXAMPLES=500 pytest tests/web/test_api.py` asks for longer.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation
from schemathesis.core.result import Ok
from starlette.testclient import TestClient

from marsad.ledger.store import Store
from marsad.web import guard
from marsad.web.application import application

from . import ledgers, routes
from .conftest import HERE, PORT

EXAMPLES = int(os.environ.get("MARSAD_API_EXAMPLES", "6"))
NETWORK = {"/add/addresses", "/feeds", "/feeds/polls"}  # ask for what they are given: test_adding.py has them
UNDESCRIBED = {"/openapi.json", "/reports"}  # itself; and a form that gives a page
OURS = {
    "{document_id}": "documents", "{record_id}": "claims", "{series_id}": "series", "{question_id}": "contradictions",
    "{group_id}": "agreements",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A ledger of its own: what may be written is written."""
    with ledgers.quiet(tmp_path_factory.mktemp("desk")) as store:
        client = client_with_token(store)
        yield client


def client_with_token(store: Store) -> TestClient:
    app = application(store, port=PORT)
    token = app._app.state.token  # type: ignore[attr-defined]
    return TestClient(
        app,
        base_url=HERE,
        headers={guard.TOKEN_HEADER: token},
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def operations(client: TestClient) -> list[APIOperation[Any, Any, Any, Any]]:
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    return [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]


def test_openapi_describes_all_data_and_all_that_changes_something(desk: TestClient) -> None:
    described = {(each.method.upper(), each.path) for each in operations(desk)}
    for method, path in routes.of(desk.app._app):  # type: ignore[attr-defined]
        if routes.rule(method, path) == "write" or path.endswith((".json", ".csv")):
            plain = path.replace(":path}", "}")
            assert (method, plain) in described or plain in UNDESCRIBED, (method, path)


def test_no_question_is_answered_by_a_crash(desk: TestClient) -> None:
    wrong: list[object] = []
    for operation in operations(desk):
        if operation.path in NETWORK:
            continue
        wrong += _asked(desk, operation)
    assert wrong == []


def _asked(client: TestClient, operation: APIOperation[Any, Any, Any, Any]) -> list[object]:
    """The answers that are none, of one operation."""
    wrong: list[object] = []
    where = st.sampled_from([None, *_ids(client, operation.path)])

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), known=where)
    def ask(case: schemathesis.Case[Any], known: str | None) -> None:
        if known is not None:
            case.path_parameters = dict.fromkeys(case.path_parameters or {}, known)
        asked = case.as_transport_kwargs(base_url=HERE)
        given: dict[str, Any] = {
            name: asked[name]  # type: ignore[literal-required]
            for name in ("method", "url", "params", "data", "json", "files")
            if name in asked
        }
        if isinstance(given.get("data"), bytes | str):
            given["content"] = given.pop("data")
        answer = client.request(**given, headers=dict(case.headers or {}) | _token(client))
        if answer.status_code >= 500 or "Traceback" in answer.text:
            wrong.append((given, answer.status_code, answer.text[:300]))

    ask()
    return wrong[:3]


def _token(client: TestClient) -> dict[str, str]:
    return {guard.TOKEN_HEADER: client.headers[guard.TOKEN_HEADER]}


def _ids(client: TestClient, path: str) -> list[str]:
    """Ids that the ledger has, for an operation that asks for one."""
    kind = next((kind for name, kind in OURS.items() if name in path), None)
    return [row["id"] for row in client.get(f"/{kind}.json").json()["rows"][:2]] if kind else []
