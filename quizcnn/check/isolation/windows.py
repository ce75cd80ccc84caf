"""Windows: a watch over memory. No wall round files, network and processes.

There the closed evaluator is what keeps a deck from them.
"""

from __future__ import annotations

import ctypes
import sys

from quizcnn.check.isolation.report import Isolation

QUERY_LIMITED_INFORMATION = 0x1000


def restrict(highest: int) -> Isolation:
    """Nothing that the worker could take from itself; tells so."""
    return Isolation(("memory watch",), ("no system wall round files, network and processes",))


class MemoryCounters(ctypes.Structure):
    """`PROCESS_MEMORY_COUNTERS`."""

    _fields_ = [
        ("cb", ctypes.c_uint32),
        ("page_fault_count", ctypes.c_uint32),
        ("peak_working_set_size", ctypes.c_size_t),
        ("working_set_size", ctypes.c_size_t),
        ("quota_peak_paged_pool_usage", ctypes.c_size_t),
        ("quota_paged_pool_usage", ctypes.c_size_t),
        ("quota_peak_non_paged_pool_usage", ctypes.c_size_t),
        ("quota_non_paged_pool_usage", ctypes.c_size_t),
        ("pagefile_usage", ctypes.c_size_t),
        ("peak_pagefile_usage", ctypes.c_size_t),
    ]


if sys.platform == "win32":

    def resident_bytes(pid: int) -> int | None:
        """The bytes of memory that a process has asked for; None if it cannot be looked at."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        kernel.K32GetProcessMemoryInfo.argtypes = [
            ctypes.c_void_p,
            ctypes.POINTER(MemoryCounters),
            ctypes.c_uint32,
        ]
        kernel.CloseHandle.argtypes = [ctypes.c_void_p]
        process = kernel.OpenProcess(QUERY_LIMITED_INFORMATION, False, pid)
        if not process:
            return None
        counters = MemoryCounters(cb=ctypes.sizeof(MemoryCounters))
        try:
            found = kernel.K32GetProcessMemoryInfo(process, counters, counters.cb)
        finally:
            kernel.CloseHandle(process)
        return counters.pagefile_usage if found else None
