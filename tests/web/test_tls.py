"""The room over TLS, by a real server."""

import ssl
from pathlib import Path
from threading import Thread

import httpx
import pytest
import trustme

from briefing.web.server import Certificate, Listener
from briefing.web.settings import Settings
from tests.archive.briefs import Clock
from tests.web.conftest import link_of


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def certificate(authority: trustme.CA, tmp_path: Path) -> Certificate:
    issued = authority.issue_cert("localhost")
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    for blob in issued.cert_chain_pems:
        blob.write_to_path(str(chain), append=True)
    issued.private_key_pem.write_to_path(str(key))
    return Certificate(chain, key)


def test_a_room_for_others_is_entered_over_tls(kept: Path, authority: trustme.CA, certificate: Certificate) -> None:
    listener = Listener("127.0.0.1", 0, certificate)
    settings = Settings(kept, "Ada Berg", hosts=("localhost",), port=listener.port, is_here=False, has_tls=True)
    serving = Thread(target=listener.serve, args=(settings,))
    serving.start()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    try:
        link = link_of(kept, Clock("2100-01-01T00:00:00+00:00"), "Ines", "reader")
        with httpx.Client(base_url=settings.address, verify=trusted, trust_env=False) as client:
            assert client.get("/").status_code == 401
            entered = client.post(f"/enter/{link}", headers={"Origin": settings.address})
            assert entered.status_code == 303
            assert entered.headers["set-cookie"].startswith("__Host-room=")
            assert "Port closes" in client.get("/").text
        with pytest.raises(httpx.TransportError):
            httpx.get(f"http://localhost:{listener.port}/", trust_env=False)
    finally:
        listener.end()
        serving.join()


def test_a_certificate_needs_its_own_key(certificate: Certificate, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().private_key_pem.write_to_path(str(other))
    with pytest.raises(ValueError, match="cannot use"):
        Listener("127.0.0.1", 0, Certificate(certificate.chain, other))
