"""Splits a text file into blocks, and writes blocks to a file. Newlines are not translated."""

from __future__ import annotations

import os
from typing import List, Sequence


def read_text(path: str) -> str:
    """The file's text. Raises OSError, and UnicodeDecodeError for a file that is not UTF-8."""
    with open(path, 'rb') as file:
        return file.read().decode('utf-8')


def split_text(text: str, count: int) -> List[str]:
    """Cuts the text into `count` blocks of equal length; the last one takes the rest.

    A string is cut between characters, so each block is valid UTF-8 (file.blocks.character-borders).
    If there are more blocks than characters, all but the last are empty (file.blocks.empty).
    """
    size = len(text) // count
    cuts = [index * size for index in range(count)] + [len(text)]
    return [text[start:end] for start, end in zip(cuts, cuts[1:])]


def write_file(path: str, blocks: Sequence[str]) -> None:
    """Writes the blocks in index order. The file appears only once it is complete (peer.file.exact)."""
    partial = f'{path}.{os.getpid()}.part'
    try:
        with open(partial, 'wb') as file:
            file.write(''.join(blocks).encode('utf-8'))
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.remove(partial)
