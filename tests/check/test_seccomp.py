"""The filter of system calls, instruction by instruction, for each machine that it knows."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("seccomp is Linux's", allow_module_level=True)

from quizcnn.check.isolation import seccomp


def _decides(machine: seccomp.Machine, number: int, third: int = 0, audit: int = 0) -> int:
    """What the filter returns for a call: a small classic BPF machine."""
    data = {0: number, 4: audit or machine.audit, 32: third}
    lines = seccomp.program(machine)
    loaded, at = 0, 0
    while True:
        code, yes, no, operand = lines[at]
        at += 1
        match code:
            case seccomp.LOAD:
                loaded = data[operand]
            case seccomp.RETURN:
                return operand
            case seccomp.EQUAL:
                at += yes if loaded == operand else no
            case seccomp.AT_LEAST:
                at += yes if loaded >= operand else no
            case seccomp.ANY_BIT:
                at += yes if loaded & operand else no


@pytest.mark.parametrize("name", seccomp.MACHINES)
def test_the_filter_allows_its_list_and_nothing_else(name: str) -> None:
    """Every number is allowed or refused as the list says, memory only where it cannot run."""
    machine = seccomp.MACHINES[name]
    assert len(set(machine.allowed)) == len(seccomp.CALLS)
    for number in range(1024):
        plain = number in machine.allowed or number in (machine.mmap, machine.mprotect)
        assert _decides(machine, number) == (seccomp.ALLOW if plain else seccomp.REFUSE), number
    for number in (machine.mmap, machine.mprotect):
        assert _decides(machine, number, third=3) == seccomp.ALLOW
        for executable in (4, 5, 7):
            assert _decides(machine, number, third=executable) == seccomp.REFUSE
    assert _decides(machine, 0, audit=0x40000003) == seccomp.KILL  # 32-bit calls of x86
    assert _decides(machine, 0x40000000 + 1) == seccomp.KILL  # the x32 numbers
    assert _decides(machine, 0xFFFFFFFF) == seccomp.KILL


HARMFUL = {
    *("open", "openat", "openat2", "creat", "unlink", "unlinkat", "rename", "chmod", "mount"),
    *("socket", "connect", "bind", "listen", "accept", "socketpair", "sendto", "sendmsg"),
    *("clone", "clone3", "fork", "vfork", "execve", "execveat", "setuid", "personality", "prctl"),
    *("kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_sigaction", "pidfd_open", "prlimit64"),
    *("ptrace", "process_vm_readv", "process_vm_writev", "perf_event_open", "bpf", "keyctl"),
    *("ioctl", "fcntl", "dup", "dup2", "dup3", "pipe", "pipe2", "sendfile", "splice"),
    *("io_uring_setup", "io_uring_enter", "userfaultfd", "memfd_create", "pkey_mprotect", "shmat"),
}


def test_nothing_that_reaches_out_is_on_the_list() -> None:
    """No call that opens, connects, signals, starts or rules anything is allowed."""
    assert not HARMFUL & set(seccomp.CALLS)


HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_the_numbers_are_those_of_the_kernel(name: str) -> None:
    """Where the kernel's headers are installed, each call's number is read from them."""
    if not HEADERS[name].exists():
        pytest.skip("no headers of the kernel here")
    text = HEADERS[name].read_text()
    machine = seccomp.MACHINES[name]
    place = [*seccomp.MACHINES].index(name)
    ours = {call: numbers[place] for call, numbers in seccomp.CALLS.items()}
    ours |= {"seccomp": machine.seccomp, "mmap": machine.mmap, "mprotect": machine.mprotect}
    for call, number in ours.items():
        found = re.search(rf"#define __NR(?:3264)?_{call}\s+(\d+)", text)
        assert found is not None, call
        assert int(found[1]) == number, call
