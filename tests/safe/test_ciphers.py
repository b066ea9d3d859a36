"""Which ciphers seal what: opened here by hand, with nothing but the standard's own pieces."""

import base64
import hashlib
import hmac
import secrets

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.padding import PKCS7
from sqlalchemy.dialects import sqlite

from engage.safe import container
from engage.shared.crypto import LOST, SealedFile, seal, unseal

WORDS = "the dark path behind the station"


def opened_by_hand(sealed, secret):
    """Open the one piece of a short sealed file with AES-256-GCM."""
    salt = sealed[len(container.MAGIC) :][: container.SALT]
    key = HKDF(SHA256(), 32, salt, b"engage backup").derive(secret)
    piece = sealed[container.HEADER + container.LENGTH + 1 :]
    nonce = bytes(11) + b"\1"
    cipher = Cipher(algorithms.AES256(key), modes.GCM(nonce, piece[-16:])).decryptor()
    cipher.authenticate_additional_data(container.MAGIC)
    return cipher.update(piece[:-16]) + cipher.finalize()


def test_a_sealed_file_is_aes_256_gcm_and_nothing_else(tmp_path):
    container.write(tmp_path / "sealed", [WORDS.encode()], secret="s")
    sealed = (tmp_path / "sealed").read_bytes()
    assert opened_by_hand(sealed, b"s") == WORDS.encode()
    with pytest.raises(InvalidTag):  # control: another key opens nothing
        opened_by_hand(sealed, b"t")


def test_a_sealed_text_is_fernet_aes_in_cbc_and_then_an_hmac(app):
    with app.app_context():
        token = base64.urlsafe_b64decode(seal(WORDS))
        both = base64.urlsafe_b64decode(app.extensions["settings"].personal_keys[0])
    signed, tag = token[:-32], token[-32:]
    assert (signed[:1], int.from_bytes(signed[1:9], "big")) == (b"\x80", 0)  # Fernet's version; no time
    assert hmac.compare_digest(hmac.new(both[:16], signed, hashlib.sha256).digest(), tag)
    cipher = Cipher(algorithms.AES128(both[16:]), modes.CBC(signed[9:25])).decryptor()
    padding = PKCS7(128).unpadder()
    plain = padding.update(cipher.update(signed[25:]) + cipher.finalize()) + padding.finalize()
    assert plain.decode() == WORDS


def test_no_file_of_a_column_keeps_the_second_it_was_sealed_in(app):
    with app.app_context():
        token = base64.urlsafe_b64decode(SealedFile().process_bind_param(b"a picture", sqlite.dialect()))
    assert token[1:9] == bytes(8)


def test_a_sealed_text_that_was_changed_opens_no_more(app):
    with app.app_context():
        token = bytearray(base64.urlsafe_b64decode(seal(WORDS)))
        assert unseal(base64.urlsafe_b64encode(token)) == WORDS
        token[secrets.randbelow(len(token))] ^= 1
        assert unseal(base64.urlsafe_b64encode(token)) == LOST
