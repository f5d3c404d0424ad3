"""Raw records as the store keeps them: one Zstandard frame each."""

import pyarrow as pa

_CODEC = pa.Codec("zstd", compression_level=1)


def compress(data: bytes) -> bytes:
    """A record as received, compressed."""
    compressed: bytes = _CODEC.compress(data, asbytes=True)
    return compressed


def decompress(raw: bytes, size: int) -> bytes:
    """The record as received, from its compressed form and its size in bytes."""
    data: bytes = pa.decompress(raw, decompressed_size=size, codec="zstd", asbytes=True) if size else b""
    return data
