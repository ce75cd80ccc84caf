"""Landlock on Linux: from here on this process may not touch the file system or the network.

See `man 7 landlock`. The calls' numbers are the same on every architecture.
"""

from __future__ import annotations

import ctypes
import os

from quizcnn.check.isolation.libc import PR_SET_NO_NEW_PRIVS, prctl, syscall

CREATE_RULESET = 444
RESTRICT_SELF = 446
TELL_VERSION = 1

# How many rights of each sort are known since which version of the interface.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
NETWORK_RIGHTS = {4: 2}
SCOPES = {6: 2}


class Ruleset(ctypes.Structure):
    """`struct landlock_ruleset_attr`: the rights that are gone unless a rule gives them back."""

    _fields_ = [
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


def _all(rights: dict[int, int], version: int) -> int:
    """The bits of all rights that this version knows."""
    known = max((count for since, count in rights.items() if since <= version), default=0)
    return (1 << known) - 1


def restrict() -> int:
    """Take every right away, with no rule that gives one back. Returns Landlock's version.

    Raises OSError where the kernel has no Landlock or it is switched off. Holds for the calling
    thread and those that it starts.
    """
    version = syscall(CREATE_RULESET, 0, 0, TELL_VERSION)
    rules = Ruleset(
        _all(FILE_RIGHTS, version), _all(NETWORK_RIGHTS, version), _all(SCOPES, version)
    )
    # Older kernels take the longer structure as long as what they do not know is zero.
    rules_of = syscall(CREATE_RULESET, ctypes.addressof(rules), ctypes.sizeof(rules), 0)
    try:
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        syscall(RESTRICT_SELF, rules_of, 0)
    finally:
        os.close(rules_of)
    return version
