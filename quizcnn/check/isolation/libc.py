"""Linux's calls that Python has no name for, through `ctypes`; each raises OSError when refused.

Every argument goes out as wide as a register: a bare Python integer would go out as 32 bits.
"""

from __future__ import annotations

import ctypes
import os

CLIBRARY = ctypes.CDLL(None, use_errno=True)
CLIBRARY.syscall.restype = ctypes.c_long
CLIBRARY.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38

CAPABILITY_VERSION = 0x20080522


def syscall(number: int, *arguments: int) -> int:
    """A system call by its number; addresses are given as integers."""
    result: int = CLIBRARY.syscall(ctypes.c_long(number), *map(ctypes.c_ulong, arguments))
    return _checked(result)


def prctl(option: int, argument: int) -> None:
    """`man 2 prctl`, with one argument."""
    _checked(CLIBRARY.prctl(option, argument, 0, 0, 0))


def drop_capabilities() -> None:
    """Take root's powers from this thread, as far as it has them: `man 2 capset`."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    _checked(CLIBRARY.capset(ctypes.byref(header), ctypes.byref(none)))


def threads() -> int:
    """How many threads this process has. Needs /proc."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - pathlib is no lighter here


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
