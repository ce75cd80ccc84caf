"""seccomp on Linux: from here on this process may only compute, read its pipe and write to it.

A classic BPF program as `man 2 seccomp` describes it: an allow-list of system calls by their number
on each architecture. Any other call fails with EPERM; memory may not become executable.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import sys
from typing import NamedTuple

from quizcnn.check.isolation.libc import PR_SET_NO_NEW_PRIVS, prctl, syscall

CALLS = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "restart_syscall": (219, 128),
    "setitimer": (38, 103),
    "clock_gettime": (228, 113),
    "gettimeofday": (96, 169),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
"""What stays allowed, by its number on x86-64 and aarch64, beside mmap and mprotect of memory that
is not executable. Each acts on this process alone: its memory, threads, clock and open files.

The numbers are those of the kernel's syscall_64.tbl and asm-generic/unistd.h.
"""


class Machine(NamedTuple):
    """An architecture's audit number, and its numbers of the calls named here."""

    audit: int
    seccomp: int
    mmap: int
    mprotect: int
    allowed: tuple[int, ...]


MACHINES = {
    "x86_64": Machine(0xC000003E, 317, 9, 10, tuple(first for first, _ in CALLS.values())),
    "aarch64": Machine(0xC00000B7, 277, 222, 226, tuple(second for _, second in CALLS.values())),
}

SET_MODE_FILTER = 1
EVERY_THREAD = 1
PROT_EXEC = 4

KILL, ALLOW = 0x80000000, 0x7FFF0000
REFUSE = 0x00050000 | errno.EPERM
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Where `struct seccomp_data` has the call's number, the architecture, and the lower half of the
# third argument (both architectures are little-endian).
NUMBER_AT, AUDIT_AT, THIRD_ARGUMENT_AT = 0, 4, 32
X32 = 0x40000000


class Instruction(ctypes.Structure):
    """`struct sock_filter`."""

    _fields_ = [
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    ]


class Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = [
        ("length", ctypes.c_uint16),
        ("filter", ctypes.POINTER(Instruction)),
    ]


def program(machine: Machine) -> list[tuple[int, int, int, int]]:
    """The filter, each instruction as (code, skip if true, skip if false, operand)."""
    lines = [
        (LOAD, 0, 0, AUDIT_AT),
        (EQUAL, 1, 0, machine.audit),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, 0, 1, X32),  # x86-64's second set of numbers for the same calls
        (RETURN, 0, 0, KILL),
    ]
    for number in machine.allowed:
        lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, ALLOW)]
    lines += [
        (EQUAL, 1, 0, machine.mmap),
        (EQUAL, 0, 3, machine.mprotect),
        (LOAD, 0, 0, THIRD_ARGUMENT_AT),
        (ANY_BIT, 1, 0, PROT_EXEC),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return lines


def restrict() -> None:
    """Install the filter for every thread of this process.

    Raises OSError where the kernel has no seccomp filters or this machine's calls are not known.
    """
    machine = MACHINES.get(platform.machine())
    if machine is None or sys.maxsize < 2**32:  # a 32-bit Python on a 64-bit kernel
        raise OSError(errno.ENOSYS, f"the calls of {platform.machine()} are not known here")
    lines = program(machine)
    code = (Instruction * len(lines))(*(Instruction(*line) for line in lines))
    whole = Program(len(lines), code)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    if astray := syscall(machine.seccomp, SET_MODE_FILTER, EVERY_THREAD, ctypes.addressof(whole)):
        raise OSError(errno.EBUSY, f"thread {astray} has a filter of its own")
